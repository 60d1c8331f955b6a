-- The files behind a personal link: all that are out, for one who has a seat; a visitor reads the others of the event's
-- page under the policy of their table. The rules are those of events/door/materials/orm.py; one suite of tests
-- (tests/events/door/test_materials.py) holds the two alike.
create or replace function public.door_materials(h text) returns setof jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select to_jsonb(m) from public.events_registrationtoken t
  join public.events_registration r on r.id = t.registration_id join public.events_event e on e.id = r.event_id
  join public.events_material m on m.event_id = e.id
  where t.hash = h and t.purpose = 'manage' and t.expires_at > now() and r.status = 'confirmed'
    and e.status = 'published' and (not m.after_event or e.ends_at <= now())
  order by m.added_at, m.id
$door$;

revoke execute on function public.door_materials(text) from public;
