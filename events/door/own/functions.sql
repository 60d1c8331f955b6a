-- What the public role may do for a registrant beyond the registration: as in events/door/functions.sql, each takes the
-- SHA-256 of a personal link. A link to a mailbox shows the registrations it was sent with, and changes none. Only a swap
-- touches two rows: that of the seat, and that of the colleague it was offered to. The rules are those of
-- events/services (modes.py, swapping.py, showing.py); one suite of tests (tests/events/door) holds the two alike.

create or replace function public.door_mailbox(h text)
  returns table (email text, expires_at timestamptz, registration uuid, state text, name text, mode text, place bigint,
    offer_expires_at timestamptz, event jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select m.email, m.expires_at, r.id, r.status, r.name, r.mode, (select count(*) from public.events_registration w
      where r.status = 'waiting' and w.status = 'waiting' and w.event_id = r.event_id and w.mode = r.mode
      and w.queue_number <= r.queue_number), r.offer_expires_at, to_jsonb(e)
  from public.events_mailboxlink m join public.events_registrationtoken t on t.mailbox_id = m.id
  join public.events_registration r on r.id = t.registration_id join public.events_event e on e.id = r.event_id
  where m.hash = h and h <> '' and m.expires_at > now() order by e.starts_at desc, r.id
$door$;

create or replace function public.door_own(h text)
  returns table (shown text, wishes_mode text, held_for text, swap jsonb, mails jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select r.shown, r.wishes_mode, coalesce((select p.kind from public.events_heldseats p where p.id = r.held_seats_id
      and not p.released), ''), (select jsonb_build_object('name', s.name, 'email', s.email, 'until',
      s.offer_expires_at, 'status', s.status) from public.events_registration s where s.replaces_id = r.id
      and s.status in ('pending', 'applied')), (select coalesce(jsonb_agg(jsonb_build_object('subject', m.subject, 'at',
      m.sent_at) order by m.sent_at, m.id), '[]') from public.mail_outboxmessage m
      where m.about_label = 'events.Registration' and m.about_pk = r.id::text and m.state = 'sent')
  from public.events_registrationtoken t join public.events_registration r on r.id = t.registration_id
  where t.hash = h and t.purpose = 'manage' and t.expires_at > now()
$door$;

create or replace function public.door_mode(h text, wanted text, waits boolean)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; free boolean; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end,
    e.attendance = 'both' and wanted in ('in_person', 'online') and r.status in ('confirmed', 'waiting', 'applied')
    into reason, changed from public.events_event e where e.id = r.event_id for no key update;
  changed := changed and reason = ''; if changed then
    select r.status <> 'confirmed' or r.mode = wanted or exists (select from public.events_seatcounter c where c.event_id
      = r.event_id and ((wanted = 'online' and (c.online_capacity is null or (c.online_taken < c.online_capacity and
      c.online_waiting = 0))) or (wanted = 'in_person' and (c.in_person_capacity is null or (c.in_person_taken <
      c.in_person_capacity and c.in_person_waiting = 0))))) into free;
    if not free then reason := 'mode_full'; end if;
    perform public.seats_move(r, case when free then wanted else r.mode end,
      case when waits and not free then wanted else '' end);
    changed := (free and r.mode <> wanted) or r.wishes_mode <> case when waits and not free then wanted else '' end;
  end if; return query select r.id, r.event_id, r.status::text, reason, changed where r.id is not null;
end $door$;

-- Count the row in the other mode, and note what else it wishes for; the row of the event is locked.
create or replace function public.seats_move(r public.events_registration, into_mode text, wish text) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $door$
begin
  perform public.seats_count(r, -1); r.mode := into_mode; perform public.seats_count(r, 1);
  update public.events_registration g set mode = into_mode, wishes_mode = wish where g.id = r.id;
end $door$;

create or replace function public.door_show(h text, how text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  changed := r.status in ('confirmed', 'waiting', 'offered', 'applied') and r.shown <> how
    and how in ('hidden', 'initials', 'organisation', 'full');
  update public.events_registration g set shown = how where g.id = r.id and changed;
  return query select r.id, r.event_id, r.status::text, ''::text, changed where r.id is not null;
end $door$;

-- One empty row when nobody wants to be seen: the list is shown, and nobody is on it.
create or replace function public.door_participants(h text)
  returns table (initials text, name text, organisation text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select coalesce((select string_agg(upper(left(w, 1)) || '.', '' order by nr) from
      regexp_split_to_table(o.name, '[[:space:]-]+') with ordinality words (w, nr) where o.shown = 'initials' and w <> ''),
      ''), case when o.shown = 'full' then o.name else '' end,
    case when o.shown in ('organisation', 'full') then o.organisation else '' end
  from public.events_registrationtoken t join public.events_registration r on r.id = t.registration_id
  join public.events_event e on e.id = r.event_id left join public.events_registration o
    on o.event_id = e.id and o.status = 'confirmed' and o.shown <> 'hidden'
  where t.hash = h and t.purpose = 'manage' and t.expires_at > now() and r.status = 'confirmed'
    and e.status = 'published' and now() < e.ends_at and now() >= ((e.starts_at at time zone 'Europe/Copenhagen')::date
    - e.list_days_before)::timestamp at time zone 'Europe/Copenhagen'
$door$;

create or replace function public.door_swap(h text, data jsonb)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; n public.events_registration; until timestamptz; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end,
    least(now() + interval '48 hours', e.starts_at) into reason, until
    from public.events_event e where e.id = r.event_id for no key update;
  n := jsonb_populate_record(null::public.events_registration, data);
  if reason = '' and not public.seats_fit(r, n.partner_kind) then reason := 'held'; end if;
  changed := reason = '' and r.status = 'confirmed' and n.folded_key <> r.folded_key and not exists (select from
    public.events_registration o where o.replaces_id = r.id and o.status in ('pending', 'applied'));
  if changed then
    n := public.seats_blank(n, r); n.proposed_by := r.name; n.offer_expires_at := until;
    insert into public.events_registration select n.*;
    return query select n.id, n.event_id, n.status::text, reason, changed; return;
  end if; return query select r.id, r.event_id, r.status::text, reason, false where r.id is not null;
end $door$;

-- Whether somebody of this kind may have the seat: one held for a kind goes to that kind only.
create or replace function public.seats_fit(r public.events_registration, partner text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $door$
  select not exists (select from public.events_heldseats p where p.id = r.held_seats_id and not p.released
    and p.kind <> partner)
$door$;

-- A proposal of the same event and mode that holds nothing, whatever was handed in.
create or replace function public.seats_blank(n public.events_registration, r public.events_registration)
  returns public.events_registration language plpgsql set search_path = pg_catalog, pg_temp as $door$
begin
  n.event_id := r.event_id; n.mode := r.mode; n.replaces_id := r.id; n.status := 'pending'; n.created_at := now();
  n.queue_number := null; n.registered_by_id := null; n.confirmed_at := null; n.cancelled_at := null;
  n.consent_at := null; n.held_seats_id := null; n.asked_at := null; n.comes_at := null; n.invitation_id := null;
  n.answer := ''; n.answers := '{}'; n.needs := ''; n.role := ''; n.sector := ''; n.wishes_mode := '';
  n.shown := 'hidden'; return n;
end $door$;

create or replace function public.door_swap_end(h text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; begin
  select g.* into r from public.events_registration g join public.events_registrationtoken t
    on g.id = t.registration_id and t.hash = h and t.purpose = 'manage' and t.expires_at > now() for update of g;
  update public.events_registration n set status = case n.status when 'pending' then 'cancelled' else n.status end,
    cancelled_at = case n.status when 'pending' then now() end, replaces_id = case n.status when 'pending' then r.id end
    where n.replaces_id = r.id and n.status in ('pending', 'applied'); changed := found;
  return query select r.id, r.event_id, r.status::text, ''::text, changed where r.id is not null;
end $door$;

create or replace function public.door_take_over(h text, accept boolean)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare r public.events_registration; n public.events_registration; approval boolean; begin
  select g.* into r from public.events_registration g join public.events_registration s on s.replaces_id = g.id
    join public.events_registrationtoken t on s.id = t.registration_id and t.hash = h and t.purpose = 'swap'
    and t.expires_at > now() for update of g;
  select s.* into n from public.events_registration s join public.events_registrationtoken t
    on s.id = t.registration_id and t.hash = h and t.purpose = 'swap' and t.expires_at > now() for update of s;
  select case when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started' else '' end,
    e.needs_approval into reason, approval from public.events_event e where e.id = n.event_id for no key update;
  if reason = '' and n.status = 'pending' and accept then reason := public.seats_no_swap(n, r); end if;
  changed := coalesce(reason = '' and n.status = 'pending', false);
  if changed then n := public.seats_hand_over(n, r, accept, approval); end if;
  return query select n.id, n.event_id, n.status::text, reason, changed where n.id is not null;
end $door$;

-- Why the seat can not go to the colleague; "" when it can.
create or replace function public.seats_no_swap(n public.events_registration, r public.events_registration)
  returns text language sql stable set search_path = pg_catalog, pg_temp as $door$
  select case when r.status is distinct from 'confirmed' then 'seat_gone' when exists (select from
    public.events_registration o where o.event_id = n.event_id and o.folded_key = n.folded_key and o.status in
    ('confirmed', 'waiting', 'offered', 'applied')) then 'already_registered'
    when not public.seats_fit(r, n.partner_kind) then 'held' else '' end
$door$;

-- The seat goes from one row to the other, and the use of a link of several with it; no counter moves. Or it waits for
-- our yes, or stays where it is.
create or replace function public.seats_hand_over(n public.events_registration, r public.events_registration,
    accept boolean, approval boolean) returns public.events_registration
  language plpgsql set search_path = pg_catalog, pg_temp as $door$
begin
  n.status := case when not accept then 'declined' when approval then 'applied' else 'confirmed' end;
  if n.status = 'confirmed' then
    update public.events_registration g set status = 'swapped', held_seats_id = null, cancelled_at = now()
      where g.id = r.id;
    n.held_seats_id := r.held_seats_id; n.mode := r.mode;
    select i.id into n.invitation_id from public.events_invitation i where i.id = r.invitation_id and i.uses > 0;
  end if;
  update public.events_registration g set status = n.status, held_seats_id = n.held_seats_id, mode = n.mode,
    invitation_id = n.invitation_id,
    confirmed_at = case when accept then now() end, consent_at = case when accept then now() end,
    cancelled_at = case when not accept then now() end where g.id = n.id;
  return n;
end $door$;

revoke execute on function public.door_mailbox(text), public.door_own(text), public.door_mode(text, text, boolean),
  public.door_show(text, text), public.door_participants(text), public.door_swap(text, jsonb), public.door_swap_end(text),
  public.door_take_over(text, boolean), public.seats_move(public.events_registration, text, text),
  public.seats_fit(public.events_registration, text), public.seats_blank(public.events_registration, public.events_registration),
  public.seats_no_swap(public.events_registration, public.events_registration),
  public.seats_hand_over(public.events_registration, public.events_registration, boolean, boolean) from public;
