-- What the public role may do to a registration (architecture.md, decision 19). Each function takes the SHA-256 of a
-- personal link and changes only the row of that link, the counter of its event and the seats held there for its kind:
-- claim the row, answer unchanged when it is not in the expected state, move the counter, set the state. The rules are
-- those of events/services/seats.py; one suite of tests (tests/events/door) holds the two alike.

-- The row with its seat, held ones first, or else with its place in the queue; the row of the event is locked.
create or replace function public.seats_settle(r public.events_registration) returns public.events_registration
  language plpgsql set search_path = pg_catalog, pg_temp as $door$
declare c public.events_seatcounter; rooms text[]; begin
  select * into c from public.events_seatcounter s where s.event_id = r.event_id;
  select array_agg(m) into rooms from (values ('in_person', c.in_person_taken, c.in_person_capacity),
    ('online', c.online_taken, c.online_capacity)) modes (m, taken, capacity) where capacity is null or taken < capacity;
  update public.events_heldseats h set taken = h.taken + 1 where h.event_id = r.event_id and h.kind = r.partner_kind
    and not h.released and h.taken < h.seats and r.mode = any (rooms) and not exists (
      select from public.events_registration w where w.event_id = r.event_id and w.status = 'waiting'
      and w.partner_kind = r.partner_kind and w.mode = any (rooms)) returning h.id into r.held_seats_id;
  r.status := case when r.held_seats_id is not null or (r.mode = any (rooms) and c.taken + c.held < c.capacity
    and (c.in_person_waiting = 0 or 'in_person' <> all (rooms)) and (c.online_waiting = 0 or 'online' <> all (rooms)))
    then 'confirmed' else 'waiting' end;
  update public.events_seatcounter s set held = s.held - (r.held_seats_id is not null)::integer,
    last_queue_number = s.last_queue_number + (r.status = 'waiting')::integer where s.event_id = r.event_id
    returning case when r.status = 'waiting' then s.last_queue_number end into r.queue_number;
  perform public.seats_count(r, 1);
  return r;
end $door$;

-- Count the row in, or out, where its state puts it; what waits for an answer of ours stands nowhere.
create or replace function public.seats_count(r public.events_registration, step integer) returns void
  language sql set search_path = pg_catalog, pg_temp as $door$
  update public.events_seatcounter s set taken = s.taken + seated, waiting = s.waiting + queued,
    in_person_taken = s.in_person_taken + seated * here, online_taken = s.online_taken + seated * (1 - here),
    in_person_waiting = s.in_person_waiting + queued * here, online_waiting = s.online_waiting + queued * (1 - here)
  from (select step * (r.status in ('confirmed', 'offered'))::integer seated, step * (r.status = 'waiting')::integer
    queued, (r.mode = 'in_person')::integer here) n where s.event_id = r.event_id
$door$;

-- Free what the row holds; a held seat goes back to its kind while it is held.
create or replace function public.seats_give_up(r public.events_registration) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $door$
declare again integer; begin
  update public.events_heldseats h set taken = h.taken - 1 where h.id = r.held_seats_id
    returning (not h.released)::integer into again;
  perform public.seats_count(r, -1);
  update public.events_seatcounter s set held = s.held + again where s.event_id = r.event_id and again is not null;
end $door$;

-- Whether somebody else is there under this name at the same address.
create or replace function public.seats_twice(r public.events_registration, key text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $door$
  select exists (select from public.events_registration o where o.event_id = r.event_id and o.id <> r.id
    and o.folded_key = key and o.status in ('confirmed', 'waiting', 'offered', 'applied'))
$door$;

create or replace function public.door_view(h text)
  returns table (registration uuid, purpose text, state text, name text, email text, organisation text, role text,
    needs text, mode text, partner_kind text, sector text, proposed_by text, language text,
    offer_expires_at timestamptz, place bigint, offers_out bigint, answers jsonb, event jsonb, questions jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select r.id, t.purpose, r.status, r.name, r.email, r.organisation, r.role, r.needs, r.mode, r.partner_kind,
    r.sector, r.proposed_by, r.language, r.offer_expires_at, (select count(*) from public.events_registration w
      where r.status = 'waiting' and w.status = 'waiting' and w.event_id = r.event_id
      and w.mode = r.mode and w.queue_number <= r.queue_number),
    (select count(*) from public.events_registration o where r.status = 'waiting' and o.status = 'offered'
      and o.event_id = r.event_id and o.mode = r.mode), r.answers, to_jsonb(e), (select coalesce(jsonb_agg(to_jsonb(q) order by q."order",
      q.id), '[]') from public.events_question q where q.event_id = r.event_id and q.emptied_at is null)
  from public.events_registrationtoken t join public.events_registration r on r.id = t.registration_id
  join public.events_event e on e.id = r.event_id where t.hash = h and t.expires_at > now()
$door$;

create or replace function public.door_confirm(h text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; approval boolean; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'confirm' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started'
    when e.registration_closes_at <= now() then 'closed' else '' end, e.needs_approval into reason, approval
    from public.events_event e where e.id = r.event_id and r.status = 'pending' for no key update;
  if reason = '' and exists (select from public.events_registration o where o.event_id = r.event_id and o.folded_key =
    r.folded_key and o.status in ('confirmed', 'waiting', 'offered', 'applied')) then reason := 'already_registered';
  elsif reason = '' then
    if approval then r.status := 'applied'; else r := public.seats_settle(r); end if;
    update public.events_registration g set status = r.status, queue_number = r.queue_number,
      held_seats_id = r.held_seats_id, confirmed_at = now(),
      consent_at = coalesce(g.consent_at, now()) where g.id = r.id;
  end if; changed := coalesce(reason = '', false);
  return query select r.id, r.event_id, r.status::text, coalesce(reason, ''), changed where r.id is not null;
end $door$;

create or replace function public.door_cancel(h text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id for no key update;
  changed := reason = '' and r.status in ('confirmed', 'waiting', 'offered', 'applied');
  if changed then
    perform public.seats_give_up(r);
    update public.events_registration g set status = 'cancelled', held_seats_id = null, cancelled_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

create or replace function public.door_answer(h text, data jsonb)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; asked text[]; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id for no key update;
  if public.seats_twice(r, data->>'folded_key') then reason := coalesce(nullif(reason, ''), 'already_registered'); end if;
  changed := reason = '' and r.status in ('confirmed', 'waiting', 'offered', 'applied');
  if changed then
    select coalesce(array_agg(q.id::text), '{}') into asked from public.events_question q where q.event_id = r.event_id
      and q.retired_at is null and q.emptied_at is null and jsonb_typeof(data->'answers') = 'object';
    update public.events_registration g set organisation = left(coalesce(data->>'organisation', g.organisation), 140),
      name = left(coalesce(data->>'name', g.name), 120), folded_key = coalesce(data->>'folded_key', g.folded_key),
      role = left(coalesce(data->>'role', g.role), 140), needs = coalesce(data->>'needs', g.needs),
      answers = (g.answers - asked) || (select coalesce(jsonb_object_agg(a.key, a.value), '{}') from jsonb_each(case
        when jsonb_typeof(data->'answers') = 'object' then data->'answers' else '{}' end) a where a.key = any (asked))
      where g.id = r.id; end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

create or replace function public.door_offer(h text, accept boolean)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'offer' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id for no key update;
  changed := reason = '' and r.status = 'offered';
  if changed and accept then
    update public.events_registration g set status = 'confirmed', comes_at = now() where g.id = r.id
      returning g.status into r.status;
  elsif changed then
    perform public.seats_give_up(r);
    update public.events_registration g set status = 'declined', held_seats_id = null, cancelled_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

create or replace function public.door_come(h text, comes boolean)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'come' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end
    into reason from public.events_event e where e.id = r.event_id for no key update;
  changed := reason = '' and r.status = 'confirmed' and not (comes and r.comes_at is not null);
  if changed and comes then
    update public.events_registration g set comes_at = now() where g.id = r.id;
  elsif changed then
    perform public.seats_give_up(r);
    update public.events_registration g set status = 'cancelled', held_seats_id = null, cancelled_at = now()
      where g.id = r.id returning g.status into r.status;
  end if;
  return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

revoke execute on function public.door_view(text), public.door_confirm(text), public.door_cancel(text),
  public.door_answer(text, jsonb), public.door_offer(text, boolean), public.door_come(text, boolean), public.seats_settle(public.events_registration),
  public.seats_count(public.events_registration, integer), public.seats_give_up(public.events_registration),
  public.seats_twice(public.events_registration, text) from public;
