-- What the owner of an entry or a channel may do from outside (architecture.md, decision 19). Each function takes the
-- SHA-256 of a personal link and changes only the question of that link and the row it asks about. A question is over
-- when its row has another day for its next check. The rules are those of content/door/orm.py; one suite of tests
-- (tests/content/upkeep/test_door.py) holds the two alike.

create or replace function public.upkeep_view(h text)
  returns table (question uuid, entry bigint, channel bigint, answered boolean, objected boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select q.id, o.entry_id, o.channel_id, q.answered_at is not null, q.note <> ''
  from public.content_ownerquestion q join public.content_owner o on o.id = q.owner_id
  left join public.content_directoryentry e on e.id = o.entry_id
  left join public.content_contactchannel c on c.id = o.channel_id
  where q.hash = h and q.expires_at > now()
    and (q.answered_at is not null or q.due_on = coalesce(e.review_by, c.review_by))
$door$;

create or replace function public.upkeep_confirm(h text) returns table (question uuid, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare q public.content_ownerquestion; today date := (now() at time zone 'Europe/Copenhagen')::date;
  done boolean := false; begin
  select * into q from public.content_ownerquestion w where w.hash = h and w.expires_at > now() for update;
  if q.answered_at is null then
    update public.content_directoryentry e set checked_on = today, checked_with = 'owner',
      review_by = today + q.good_for from public.content_owner o
      where o.id = q.owner_id and e.id = o.entry_id and e.review_by = q.due_on;
    done := found;
    update public.content_contactchannel c set checked_on = today, checked_with = 'owner',
      review_by = today + q.good_for from public.content_owner o
      where o.id = q.owner_id and c.id = o.channel_id and c.review_by = q.due_on;
    done := done or found;
    update public.content_ownerquestion w set answered_at = now() where w.id = q.id and done;
    -- What readers see is another now (content/version.py): this role may not say so itself.
    insert into public.content_contentversion as v (id, token) select 1, replace(gen_random_uuid()::text, '-', '')
      where done on conflict (id) do update set token = excluded.token;
  end if;
  return query select q.id, done where q.id is not null;
end $door$;

create or replace function public.upkeep_object(h text, words text) returns table (question uuid, changed boolean)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $door$
declare q public.content_ownerquestion; done boolean := false; begin
  select * into q from public.content_ownerquestion w where w.hash = h and w.expires_at > now() for update;
  update public.content_ownerquestion w set answered_at = now(), note = left(words, 1000)
    from public.content_owner o
    left join public.content_directoryentry e on e.id = o.entry_id
    left join public.content_contactchannel c on c.id = o.channel_id
    where w.id = q.id and q.answered_at is null and o.id = q.owner_id
      and coalesce(e.review_by, c.review_by) = q.due_on;
  done := found;
  return query select q.id, done where q.id is not null;
end $door$;

revoke execute on function public.upkeep_view(text), public.upkeep_confirm(text), public.upkeep_object(text, text)
  from public;
