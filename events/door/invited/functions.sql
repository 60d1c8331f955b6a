-- What the public role may do to an invitation to an event (architecture.md, decision 19). Each function takes the
-- SHA-256 of a link and changes only the row of that link, a registration that comes of it, and the seats it takes.
-- The rules are those of events/services/invited.py; one suite of tests (tests/events/door) holds the two alike.

-- The invitation of a link, its row locked.
create or replace function public.invited_by_link(h text) returns public.events_invitation
  language sql set search_path = pg_catalog, pg_temp as $door$
  select i.* from public.events_invitation i join public.events_invitationtoken t on t.invitation_id = i.id
  where t.hash = h and t.purpose = 'invited' and t.expires_at > now() for update of i
$door$;

-- Why the link does nothing now, or nothing in the way; the row of the event is locked.
create or replace function public.invited_refusal(i public.events_invitation) returns text
  language sql set search_path = pg_catalog, pg_temp as $door$
  select case when i.status in ('prepared', 'withdrawn') then 'withdrawn' when i.status = 'named' then 'passed_on'
    when e.status <> 'published' then 'event_cancelled' when e.starts_at <= now() then 'started'
    when e.registration_closes_at <= now() then 'closed' else '' end
  from public.events_event e where e.id = i.event_id for no key update
$door$;

-- The registration that came of it and stands, or whose seat has gone to a colleague: one invitation is one seat.
create or replace function public.invited_standing(i public.events_invitation) returns public.events_registration
  language sql stable set search_path = pg_catalog, pg_temp as $door$
  select r.* from public.events_registration r where r.invitation_id = i.id
  and r.status in ('confirmed', 'waiting', 'offered', 'applied', 'swapped') order by r.status = 'swapped' limit 1
$door$;

-- What to say to who has answered already.
create or replace function public.invited_before(reason text, r public.events_registration, otherwise text)
  returns text language sql immutable set search_path = pg_catalog, pg_temp as $door$
  select case when reason <> '' then reason when r.status = 'swapped' then 'passed_on' else otherwise end
$door$;

-- What was asked for as a row of this invitation: what no visitor decides is set here, whatever was sent. Its key is
-- the one it was made with: what was sealed for that row opens in no other.
create or replace function public.invited_row(i public.events_invitation, data jsonb)
  returns public.events_registration language sql set search_path = pg_catalog, pg_temp as $door$
  select jsonb_populate_record(null::public.events_registration, data || jsonb_build_object(
    'event_id', i.event_id, 'invitation_id', i.id, 'status', 'pending', 'queue_number', null, 'offer_expires_at', null,
    'registered_by_id', null, 'answer', '', 'proposed_by', '', 'created_at', now(), 'consent_at', now(),
    'confirmed_at', null, 'cancelled_at', null, 'held_seats_id', null, 'asked_at', null, 'comes_at', null,
    'replaces_id', null, 'wishes_mode', '', 'shown', 'hidden',
    'mode', case when e.attendance = 'both' then data->>'mode' else e.attendance end,
    'answers', (select coalesce(jsonb_object_agg(a.key, a.value), '{}') from jsonb_each(case
      when jsonb_typeof(data->'answers') = 'object' then data->'answers' else '{}' end) a where a.key in (
      select q.id::text from public.events_question q where q.event_id = i.event_id and q.retired_at is null
      and q.emptied_at is null)))) from public.events_event e where e.id = i.event_id
$door$;

create or replace function public.door_invited_view(h text)
  returns table (invitation jsonb, event jsonb, seats jsonb, held jsonb, agenda jsonb, questions jsonb,
    registered text, used bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select to_jsonb(i) - '{invited_by_id,named_by_id,named_name,named_email}'::text[], to_jsonb(e),
    (select to_jsonb(s) from public.events_seatcounter s where s.event_id = e.id), (select coalesce(jsonb_agg(
      to_jsonb(p) order by p.kind), '[]') from public.events_heldseats p where p.event_id = e.id),
    (select coalesce(jsonb_agg(to_jsonb(a) order by a.day, a.at, a.id), '[]') from public.events_agendaitem a
      where a.event_id = e.id), (select coalesce(jsonb_agg(to_jsonb(q) order by q."order", q.id), '[]')
      from public.events_question q where q.event_id = e.id and q.retired_at is null and q.emptied_at is null),
    case when i.uses is null then (public.invited_standing(i)).status end, (select count(*) from public.events_registration r where r.invitation_id =
      i.id and r.status in ('pending', 'confirmed', 'waiting', 'offered', 'applied'))
  from public.events_invitationtoken t join public.events_invitation i on i.id = t.invitation_id
  left join public.events_event e on e.id = i.event_id and i.status not in ('prepared', 'withdrawn')
  where t.hash = h and t.expires_at > now()
$door$;

create or replace function public.door_invited_accept(h text, data jsonb)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare i public.events_invitation := public.invited_by_link(h); r public.events_registration; begin
  if i.id is null or i.uses is not null then return; end if;
  reason := public.invited_refusal(i); r := public.invited_standing(i);
  if r.id is not null or reason <> '' then return query select coalesce(r.id, i.id), i.event_id,
    coalesce(r.status, i.status)::text, public.invited_before(reason, r, ''), false; return; end if;
  r := public.invited_row(i, data || jsonb_build_object('email', i.email, 'folded_key',
    split_part(left(data->>'folded_key', 140), '|', 1) || '|' || i.email_key));
  if exists (select from public.events_registration o where o.event_id = r.event_id and o.folded_key = r.folded_key
    and o.status in ('confirmed', 'waiting', 'offered', 'applied')) then
    return query select i.id, i.event_id, i.status::text, 'already_registered', false; return; end if;
  r := public.seats_settle(r); r.confirmed_at := now(); insert into public.events_registration select r.*;
  update public.events_invitation n set status = 'accepted', answered_at = now() where n.id = i.id;
  return query select r.id, r.event_id, r.status::text, '', true;
end $door$;

create or replace function public.door_invited_propose(h text, data jsonb)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare i public.events_invitation := public.invited_by_link(h); r public.events_registration; begin
  if i.id is null or i.uses is null then return; end if;
  reason := public.invited_refusal(i);
  if reason = '' and i.uses <= (select count(*) from public.events_registration o where o.invitation_id = i.id and
    o.status in ('pending', 'confirmed', 'waiting', 'offered', 'applied')) then reason := 'used_up'; end if;
  if reason <> '' then return query select i.id, i.event_id, i.status::text, reason, false; return; end if;
  r := public.invited_row(i, data); insert into public.events_registration select r.*;
  update public.events_invitation n set status = 'accepted', answered_at = now() where n.id = i.id;
  return query select r.id, r.event_id, r.status::text, '', true;
end $door$;

create or replace function public.door_invited_decline(h text, said text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare i public.events_invitation := public.invited_by_link(h); r public.events_registration; begin
  if i.id is null or i.uses is not null then return; end if;
  reason := public.invited_refusal(i); r := public.invited_standing(i);
  if r.id is not null then return query select r.id, i.event_id, r.status::text,
    public.invited_before(reason, r, 'already_registered'), false; return; end if;
  changed := reason in ('', 'closed') and i.status <> 'declined';
  if changed then reason := ''; update public.events_invitation n set status = 'declined', answered_at = now(),
    words = left(said, 500) where n.id = i.id returning n.status into i.status; end if;
  return query select i.id, i.event_id, i.status::text, reason, changed;
end $door$;

create or replace function public.door_invited_name(h text, another text, address text)
  returns table (registration uuid, event uuid, state text, reason text, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare i public.events_invitation := public.invited_by_link(h); r public.events_registration; begin
  if i.id is null or i.uses is not null or i.hands >= 2 then return; end if;
  reason := public.invited_refusal(i); r := public.invited_standing(i);
  if r.id is not null then return query select r.id, i.event_id, r.status::text,
    public.invited_before(reason, r, 'already_registered'), false; return; end if;
  changed := reason = '';
  if changed then update public.events_invitation n set status = 'named', answered_at = now(), named_name =
    left(another, 120), named_email = left(address, 254) where n.id = i.id returning n.status into i.status; end if;
  return query select i.id, i.event_id, i.status::text, reason, changed;
end $door$;

revoke execute on function public.door_invited_view(text), public.door_invited_accept(text, jsonb),
  public.door_invited_propose(text, jsonb), public.door_invited_decline(text, text),
  public.door_invited_name(text, text, text), public.invited_by_link(text),
  public.invited_refusal(public.events_invitation), public.invited_standing(public.events_invitation),
  public.invited_row(public.events_invitation, jsonb),
  public.invited_before(text, public.events_registration, text) from public;
