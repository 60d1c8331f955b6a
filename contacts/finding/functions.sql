-- How colleagues find contacts and dialogues behind the second lock (outreach/wall/inside.py). What LIKE and @@ compare
-- they might betray, so PostgreSQL puts the policy to every row before it lets them ask an index: a search would read
-- the whole table. These ask the index first and put the rule of the policy to what it found, as their owner.
--
-- The colleague is the one in the settings of the transaction (outreach/wall/context.py), whatever the caller says; only
-- a role without the lock (the owner, tests) names its reader and day. The rules are those of visible_to; one suite of tests
-- (tests/contacts/finding/test_door.py) holds these functions and contacts/finding/orm.py alike. Words come folded:
-- letters and digits only.

-- For whom a search is: NULL for nobody, who finds nothing.
create or replace function public.finding_reader(named uuid) returns uuid
  language sql stable set search_path = pg_catalog, pg_temp as $door$
  select case when 'outreach_internal' not in (session_user, current_setting('role')) then named
    when current_setting('app.role', true) in ('officer', 'team_lead')
    then nullif(current_setting('app.user_id', true), '')::uuid end
$door$;

-- The contacts of one kind the reader may see on a day: the rest of a query over them, which $1 is the reader of.
create or replace function public.finding_seen(what text, day date) returns text
  language plpgsql stable set search_path = pg_catalog, pg_temp as $door$
begin
  if what not in ('person', 'organisation') then raise exception 'no contact: %', what; end if;
  return format('from public.contacts_%1$s c where (not c.restricted or c.owner_id = $1 or c.id = any (array('
    'select g.%1$s_id from public.contacts_contactgrant g where g.user_id = $1 and g.%1$s_id is not null and '
    'g.until >= %2$L::date)))', what, coalesce(nullif(current_setting('app.today', true), '')::date, day));
end $door$;

-- What holds for a contact that has the words, or every part and the short words beside them; false for nothing asked.
create or replace function public.finding_has(words text, parts text[]) returns text
  language sql immutable set search_path = pg_catalog, pg_temp as $door$
  select coalesce(string_agg(test, ' and '), 'false') from (
    select format('array_to_tsvector(string_to_array(c.lookup_key, '' '')) @@ %L::tsquery', words) where words <> ''
    union all select format('c.search_key like %L', '%' || part || '%') from unnest(parts) part) t (test)
$door$;

-- The best ``most`` of those that are meant exactly, in steps: the name begins with the text, then one question after
-- the other, then the parts. With fewer than that, up to ``rest`` of each step of those meant loosely, for the caller
-- to put in order. A question that a thousand and more answer puts in order the first thousand the index comes upon.
create or replace function public.finding_contacts(what text, begins text, words text[], short text, parts text[],
    loose text[], most integer, rest integer, reader uuid, day date)
  returns table (id uuid, step integer, name_key text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off
  as $door$
declare
  asks constant uuid := public.finding_reader(reader);
  exact constant integer := 2 + cardinality(words);
  tests constant text[] := format('c.name_key like %L', begins || '%')
    || array(select public.finding_has(w, '{}') from unnest(words) with ordinality u (w, n) order by n)
    || case when parts = '{}' then 'false' else public.finding_has(short, parts) end
    || array(select public.finding_has(l, '{}') from unnest(loose) with ordinality u (l, n) order by n);
  found uuid[] := '{}';
begin
  for at in 1 .. case when asks is null then 0 else cardinality(tests) end loop
    exit when at <= exact + 1 and cardinality(found) >= most;
    step := at;
    for id, name_key in execute format(
        'select * from (select c.id, c.name_key %s and c.id <> all ($2) and %s %s) c order by c.name_key using ~<~, c.id limit %s',
        public.finding_seen(what, day), tests[at],
        case when at = 1 then 'order by c.name_key using ~<~ limit ' || most when at <= exact then 'limit 1000' else
        'limit ' || rest end, case when at <= exact then most - cardinality(found) else rest end) using asks, found loop
      found := found || id;
      return next;
    end loop;
  end loop;
end $door$;

-- All that are meant exactly; where there are none, all that are meant by the first loose question with an answer.
create or replace function public.finding_all(what text, words text, short text, parts text[], loose text[], reader uuid,
    day date)
  returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off
  as $door$
declare asks constant uuid := public.finding_reader(reader);
begin
  for at in 0 .. case when asks is null then -1 else cardinality(loose) end loop
    return query execute format('select c.id %s and (%s or %s)', public.finding_seen(what, day),
      public.finding_has(case when at = 0 then words else loose[at] end, '{}'),
      case when at > 0 or parts = '{}' then 'false' else public.finding_has(short, parts) end) using asks;
    exit when found;
  end loop;
end $door$;

-- Every word, folded as a beginning or as written by its Danish stem; one or two letters are a beginning only where
-- nothing else is asked for.
create or replace function public.finding_said(folded text[], written text[]) returns tsquery
  language plpgsql stable set search_path = pg_catalog, pg_temp as $door$
declare question tsquery; word tsquery; short constant boolean := cardinality(folded) = 1;
begin
  for at in 1 .. cardinality(folded) loop
    word := (quote_literal(folded[at]) || case when length(folded[at]) > 2 or short then ':*' else '' end)::tsquery
      || plainto_tsquery('danish', written[at]);
    question := case when at = 1 then word else question && word end;
  end loop;
  return question;
end $door$;

-- The newest ``most`` of the ``latest`` dialogues that are about the words or the topics, whoever may see them.
create or replace function public.finding_lately(question tsquery, topics bigint[], latest integer, most integer)
  returns uuid[]
  language sql stable set search_path = pg_catalog, pg_temp as $door$
  select array(select d.id from (select d.id, d.document from public.contacts_dialogue d
    order by d.date desc, d.id desc limit latest) d where d.document @@ question or (cardinality(topics) > 0
    and exists (select from public.contacts_dialogue_topics t where t.dialogue_id = d.id and t.topic_id = any (topics)))
    limit most)
$door$;

-- The newest of those dialogues that the reader wrote, took part in, or knows a participant of.
create or replace function public.finding_newest(those uuid[], most integer, reader uuid, day date) returns uuid[]
  language plpgsql stable set search_path = pg_catalog, pg_temp as $door$
declare found uuid[];
begin
  execute 'select array(select d.id from (select d.id, d.author_id from public.contacts_dialogue d where
    d.id = any ($2) order by d.date desc, d.id desc offset 0) d where ($1 = d.author_id or (select true from
    public.contacts_dialogue_officers o where o.dialogue_id = d.id and o.user_id = $1 limit 1)
    or (select true ' || public.finding_seen('person', day) || ' and c.id = any (array(select p.person_id from
    public.contacts_dialogue_people p where p.dialogue_id = d.id)) limit 1)
    or (select true ' || public.finding_seen('organisation', day) || ' and c.id = any (array(select p.organisation_id
    from public.contacts_dialogue_organisations p where p.dialogue_id = d.id)) limit 1)) limit $3)'
    into found using reader, those, most;
  return found;
end $door$;

-- The newest dialogues about the words or the topics that the reader may know of. Two thousand of each are put in
-- order; of what is talked of more often, the newest of the last twenty thousand.
create or replace function public.finding_about(question tsquery, topics bigint[], most integer, reader uuid, day date)
  returns uuid[]
  language plpgsql stable set search_path = pg_catalog, pg_temp as $door$
declare
  those uuid[];
  found uuid[];
begin
  -- What every tenth of the latest dialogues is about needs no index, which would list all of them first: unless
  -- the reader may see too few of these.
  those := public.finding_lately(question, topics, 500, 500);
  if cardinality(those) >= 50 then
    found := public.finding_newest(those, most, reader, day);
  end if;
  if found is null or cardinality(found) < most then
    those := array(select d.id from public.contacts_dialogue d where d.document @@ question limit 2000) || array(
      select t.dialogue_id from public.contacts_dialogue_topics t where t.topic_id = any (topics) limit 2000);
    if cardinality(those) >= 2000 then
      those := those || public.finding_lately(question, topics, 20000, 200);
    end if;
    found := public.finding_newest(those, most, reader, day);
  end if;
  return found;
end $door$;

-- Every word, or one of those it may be mistyped for: words of the list that have one of its keys and are like its
-- pattern. NULL where there is none to be mistyped for.
create or replace function public.finding_meant(folded text[], written text[], keys text[], patterns text[]) returns tsquery
  language plpgsql stable set search_path = pg_catalog, pg_temp as $door$
declare question tsquery; word tsquery; near text; any_near boolean := false;
begin
  for at in 1 .. cardinality(folded) loop
    word := public.finding_said(folded[at:at], written[at:at]);
    near := (select string_agg(distinct quote_literal(n.word), '|') from public.contacts_dialogue_near n
      where n.key = any (keys) and patterns[at] <> '' and ' ' || n.word ~ patterns[at]);
    any_near := any_near or near is not null;
    word := case when near is null then word else word || near::tsquery end;
    question := case when at = 1 then word else question && word end;
  end loop;
  return case when any_near then question end;
end $door$;

-- The newest dialogues about the words or the topics that the reader may know of; with none of them, and patterns for
-- mistyped words, those about what may have been meant.
create or replace function public.finding_dialogues(folded text[], written text[], topics bigint[], keys text[],
    patterns text[], topics_meant bigint[], most integer, reader uuid, day date)
  returns table (id uuid, close boolean)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off
  as $door$
declare
  asks constant uuid := public.finding_reader(reader);
  meant tsquery;
  found uuid[];
begin
  if asks is null then return; end if;
  close := false;
  found := public.finding_about(public.finding_said(folded, written), topics, most, asks, day);
  if found = '{}' and cardinality(patterns) > 0 then
    close := true;
    meant := public.finding_meant(folded, written, keys, patterns);
    if meant is not null or cardinality(topics_meant) > 0 then
      found := public.finding_about(coalesce(meant, ''::tsquery), topics_meant, most, asks, day);
    end if;
  end if;
  return query select f, finding_dialogues.close from unnest(found) f;
end $door$;
