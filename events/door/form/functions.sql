-- Which form waits behind a link in a mail (architecture.md, decision 19): the SHA-256 of the link is all one asks with.
-- It tells the address the link went to; whether the event is shown is for the policies of the caller to say.

create or replace function public.door_form(h text) returns table (form text, email text, slug text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $door$
  select f.form, f.email, coalesce(e.slug, '') from public.events_formlink f
    left join public.events_event e on e.id = f.event_id where f.hash = h and h <> '' and f.expires_at > now()
$door$;

revoke execute on function public.door_form(text) from public;
