-- What the public role may do to an invitation to a dialogue: as in events/door/functions.sql, each function takes the
-- SHA-256 of a personal link and changes only the row of that link. The rules are those of
-- events/services/dialogue_requests.py; one suite of tests (tests/events/door/test_dialogue.py) holds the two alike.

create or replace function public.door_dialogue_view(h text)
  returns table (purpose text, request jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select t.purpose, to_jsonb(r) - 'handler_id' - 'answer'
  from public.events_dialoguerequesttoken t join public.events_dialoguerequest r on r.id = t.request_id
  where t.hash = h and t.expires_at > now()
$door$;

create or replace function public.door_dialogue_confirm(h text)
  returns table (request uuid, state text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_dialoguerequest; begin
  select g.* into r from public.events_dialoguerequest g join public.events_dialoguerequesttoken t
    on g.id = t.request_id and t.hash = h and t.purpose = 'confirm' and t.expires_at > now() for update of g;
  changed := r.status = 'pending';
  if changed then
    update public.events_dialoguerequest g set status = 'confirmed', confirmed_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.status::text, changed where r.id is not null;
end $door$;

create or replace function public.door_dialogue_withdraw(h text)
  returns table (request uuid, state text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_dialoguerequest; begin
  select g.* into r from public.events_dialoguerequest g join public.events_dialoguerequesttoken t
    on g.id = t.request_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  changed := r.status = 'confirmed';
  if changed then
    update public.events_dialoguerequest g set status = 'withdrawn', closed_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.status::text, changed where r.id is not null;
end $door$;

revoke execute on function public.door_dialogue_view(text), public.door_dialogue_confirm(text),
  public.door_dialogue_withdraw(text) from public;
