-- What the public role may do to a registration (architecture.md, decision 19). Each function takes the SHA-256 of a
-- personal link and changes only the row of that link and the counter of its event: claim the row, answer unchanged
-- when it is not in the expected state, move the counter, set the state. The rules are those of
-- events/services/seats.py; one suite of tests (tests/events/test_door.py) holds the two alike.

create or replace function public.door_view(h text)
  returns table (registration uuid, purpose text, state text, name text, email text, organisation text, role text,
    needs text, language text, offer_expires_at timestamptz, place bigint, event jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select r.id, t.purpose, r.status, r.name, r.email, r.organisation, r.role, r.needs, r.language, r.offer_expires_at,
    (select count(*) from public.events_registration w where r.status = 'waiting' and w.status = 'waiting'
       and w.event_id = r.event_id and w.queue_number <= r.queue_number), to_jsonb(e)
  from public.events_registrationtoken t join public.events_registration r on r.id = t.registration_id
  join public.events_event e on e.id = r.event_id where t.hash = h and t.expires_at > now()
$door$;

create or replace function public.door_confirm(h text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'confirm' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started'
    when e.registration_closes_at <= now() then 'closed' else '' end into reason
    from public.events_event e where e.id = r.event_id and r.status = 'pending' for no key update;
  if reason = '' and exists (select from public.events_registration o where o.event_id = r.event_id and o.folded_key =
    r.folded_key and o.status in ('confirmed', 'waiting', 'offered')) then reason := 'already_registered';
  elsif reason = '' then
    update public.events_seatcounter c set taken = c.taken + 1
      where c.event_id = r.event_id and c.taken < c.capacity and c.waiting = 0;
    r.status := case when found then 'confirmed' else 'waiting' end;
    update public.events_seatcounter c set waiting = c.waiting + 1, last_queue_number = c.last_queue_number + 1
      where c.event_id = r.event_id and r.status = 'waiting' returning c.last_queue_number into r.queue_number;
    update public.events_registration g set status = r.status, queue_number = r.queue_number, confirmed_at = now()
      where g.id = r.id; end if; changed := coalesce(reason = '', false);
  return query select r.id, r.event_id, r.status::text, coalesce(reason, ''), changed where r.id is not null;
end $door$;

create or replace function public.door_cancel(h text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id;
  changed := reason = '' and r.status in ('confirmed', 'waiting', 'offered');
  if changed then
    update public.events_seatcounter c set taken = c.taken - (r.status <> 'waiting')::integer,
      waiting = c.waiting - (r.status = 'waiting')::integer where c.event_id = r.event_id;
    update public.events_registration g set status = 'cancelled', cancelled_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

create or replace function public.door_answer(h text, data jsonb)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id;
  changed := reason = '' and r.status in ('confirmed', 'waiting', 'offered');
  if changed then
    update public.events_registration g set organisation = left(coalesce(data->>'organisation', g.organisation), 140),
      role = left(coalesce(data->>'role', g.role), 140), needs = left(coalesce(data->>'needs', g.needs), 500)
      where g.id = r.id;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

create or replace function public.door_offer(h text, accept boolean)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'offer' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id;
  changed := reason = '' and r.status = 'offered';
  if changed then
    update public.events_seatcounter c set taken = c.taken - 1 where c.event_id = r.event_id and not accept;
    update public.events_registration g set status = case when accept then 'confirmed' else 'declined' end,
      cancelled_at = case when not accept then now() end where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

revoke execute on function public.door_view(text), public.door_confirm(text), public.door_cancel(text),
  public.door_answer(text, jsonb), public.door_offer(text, boolean) from public;
