-- What the public role may do about the mails to an address (architecture.md, decision 19). Each function takes the
-- SHA-256 of a personal link and touches only the row of the address behind it; the link to manage a registration leads
-- to that of its address. The rules are those of events/door/mails/orm.py; tests/events/door/test_mails.py holds the
-- two alike. What is chosen counts from the next mail on, also among those that wait (outreach/mail/gate.py).

create or replace function public.door_mails(h text) returns table (purpose text, address text, unwanted jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select case when m.choose_hash = h then 'choose' else 'stop' end, m.address, m.unwanted
    from public.mail_mailbox m where h in (m.choose_hash, m.stop_hash) and m.links_until > now()
  union all
  select 'manage', lower(btrim(r.email)), coalesce(m.unwanted, '[]') from public.events_registrationtoken t
    join public.events_registration r on r.id = t.registration_id
    left join public.mail_mailbox m on m.address = lower(btrim(r.email))
    where t.hash = h and t.purpose = 'manage' and t.expires_at > now() and r.email <> ''
$door$;

create or replace function public.door_choose_mails(h text, groups text[]) returns setof boolean
  language sql security definer set search_path = pg_catalog, pg_temp as $door$
  insert into public.mail_mailbox as m (id, address, unwanted, chosen_at, nonce)
    select gen_random_uuid(), v.address, (select coalesce(jsonb_agg(distinct left(g, 80)), '[]')
      from unnest(groups[1:20]) g), now(), '' from public.door_mails(h) v where v.purpose in ('choose', 'manage')
    on conflict (address) do update set unwanted = excluded.unwanted, chosen_at = excluded.chosen_at
    returning true
$door$;

create or replace function public.door_stop_mails(h text, grp text) returns setof boolean
  language sql security definer set search_path = pg_catalog, pg_temp as $door$
  update public.mail_mailbox m set chosen_at = now(),
    unwanted = case when m.unwanted ? grp then m.unwanted else m.unwanted || to_jsonb(left(grp, 80)) end
    where m.stop_hash = h and m.links_until > now() and jsonb_array_length(m.unwanted) < 20 returning true
$door$;

revoke execute on function public.door_mails(text), public.door_choose_mails(text, text[]),
  public.door_stop_mails(text, text) from public;
