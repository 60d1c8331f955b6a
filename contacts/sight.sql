-- What a policy (outreach/wall/inside.py) asks of tables that have policies themselves. Read and run as their owner, so
-- no policy opens another and PostgreSQL plans each but once. Each answers for the colleague in the settings of the
-- transaction (outreach/wall/context.py), and only about that colleague: no names, keys only. Nobody, and whoever does
-- not work with contacts, is told nothing by a function.

-- Who reads, if they work with contacts; NULL for anybody else. Without settings of its own, so that it costs no call.
CREATE OR REPLACE FUNCTION sight_reader() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_catalog.current_setting('app.role', true) IN ('officer', 'team_lead')
        THEN nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid END
$$;

-- The restricted people this colleague has leave to see.
CREATE OR REPLACE FUNCTION sight_of_people() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT g.person_id FROM public.contacts_contactgrant g
        WHERE g.user_id = public.sight_reader() AND g.person_id IS NOT NULL
          AND g.until >= nullif(current_setting('app.today', true), '')::date
    );
END $$;

-- The restricted organisations this colleague has leave to see.
CREATE OR REPLACE FUNCTION sight_of_organisations() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT g.organisation_id FROM public.contacts_contactgrant g
        WHERE g.user_id = public.sight_reader() AND g.organisation_id IS NOT NULL
          AND g.until >= nullif(current_setting('app.today', true), '')::date
    );
END $$;

-- Whom this colleague may not know of: few beside those they may, so a rule looks among these.
CREATE OR REPLACE VIEW sight_hidden_people AS
    SELECT c.id FROM public.contacts_person c
    WHERE c.restricted AND c.owner_id IS DISTINCT FROM (SELECT nullif(current_setting('app.user_id', true), '')::uuid)
      AND c.id <> ALL ((SELECT public.sight_of_people())::uuid[]);

CREATE OR REPLACE VIEW sight_hidden_organisations AS
    SELECT c.id FROM public.contacts_organisation c
    WHERE c.restricted AND c.owner_id IS DISTINCT FROM (SELECT nullif(current_setting('app.user_id', true), '')::uuid)
      AND c.id <> ALL ((SELECT public.sight_of_organisations())::uuid[]);

-- Each dialogue as often as it has a participant this colleague may know of.
CREATE OR REPLACE VIEW sight_participants AS
    SELECT p.dialogue_id FROM public.contacts_dialogue_people p
    WHERE NOT EXISTS (SELECT FROM public.sight_hidden_people h WHERE h.id = p.person_id)
    UNION ALL
    SELECT o.dialogue_id FROM public.contacts_dialogue_organisations o
    WHERE NOT EXISTS (SELECT FROM public.sight_hidden_organisations h WHERE h.id = o.organisation_id);

-- Whether this colleague wrote the dialogue or took part in it.
CREATE OR REPLACE FUNCTION sight_was_there(dialogue uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader CONSTANT uuid := public.sight_reader();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.contacts_dialogue_officers o WHERE o.dialogue_id = dialogue AND o.user_id = reader
    ) OR EXISTS (
        SELECT FROM public.contacts_dialogue d WHERE d.id = dialogue AND d.author_id = reader
    );
END $$;

-- Whether this colleague may know of the dialogue; what belongs to one asks, row by row.
CREATE OR REPLACE FUNCTION sight_of_dialogue(dialogue uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN public.sight_reader() IS NOT NULL AND (
        EXISTS (SELECT FROM public.sight_participants p WHERE p.dialogue_id = dialogue)
        OR public.sight_was_there(dialogue)
    );
END $$;

-- The newest dialogues with a person, or an organisation; none with one this colleague may not know of. Whoever sees a
-- participant may know of the dialogue: put to each of 2,000 to show 20, the policies took longer than all else. An
-- index has them in order (contacts/days_of_talks.py).
CREATE OR REPLACE FUNCTION sight_newest_with_person(person uuid, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.sight_reader() IS NULL
        OR EXISTS (SELECT FROM public.sight_hidden_people h WHERE h.id = person) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT p.dialogue_id FROM public.contacts_dialogue_people p
        WHERE p.person_id = person ORDER BY p.day DESC, p.dialogue_id DESC LIMIT most
    );
END $$;

CREATE OR REPLACE FUNCTION sight_newest_with_organisation(organisation uuid, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.sight_reader() IS NULL
        OR EXISTS (SELECT FROM public.sight_hidden_organisations h WHERE h.id = organisation) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT p.dialogue_id FROM public.contacts_dialogue_organisations p
        WHERE p.organisation_id = organisation ORDER BY p.day DESC, p.dialogue_id DESC LIMIT most
    );
END $$;

-- The newest dialogues this colleague took part in, from a place on: they know of each.
CREATE OR REPLACE FUNCTION sight_newest_of_mine(skip integer, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader CONSTANT uuid := public.sight_reader();
BEGIN
    RETURN ARRAY(
        SELECT o.dialogue_id FROM public.contacts_dialogue_officers o
        WHERE o.user_id = reader ORDER BY o.day DESC, o.dialogue_id DESC OFFSET skip LIMIT most
    );
END $$;

-- Whether this colleague runs the event of the registration.
CREATE OR REPLACE FUNCTION sight_runs(registration uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader CONSTANT uuid := public.sight_reader();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.events_registration r JOIN public.events_event e ON e.id = r.event_id
        WHERE r.id = registration AND (e.owner_id = reader OR e.team_id IN (
            SELECT t.team_id FROM public.accounts_user_teams t WHERE t.user_id = reader))
    );
END $$;

-- Whether the registration is linked to a person this colleague may know of.
CREATE OR REPLACE FUNCTION sight_linked(registration uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN public.sight_reader() IS NOT NULL AND EXISTS (
        SELECT FROM public.contacts_registrationlink l
        WHERE l.registration_id = registration AND l.person_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM public.sight_hidden_people h WHERE h.id = l.person_id)
    );
END $$;

-- Takes the mark of the main role from what else a person is, whoever may know of it. There is one at most: whoever
-- could not give it to a role they see would know that another one is hidden from them.
CREATE OR REPLACE FUNCTION sight_make_room(person uuid, but bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.sight_reader() IS NULL OR EXISTS (SELECT FROM public.sight_hidden_people h WHERE h.id = person) THEN
        RETURN;
    END IF;
    UPDATE public.contacts_affiliation a SET "primary" = false, version = a.version + 1
    WHERE a.person_id = person AND a."primary" AND a.ended_on IS NULL AND a.id IS DISTINCT FROM but;
END $$;

-- For an administrator: how many contacts, and how many open promises, a colleague answers for. Neither which nor whose.
CREATE OR REPLACE FUNCTION sight_answers_for(colleague uuid) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('app.role', true) IS DISTINCT FROM 'administrator' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY[
        (SELECT count(*) FROM public.contacts_person p WHERE p.owner_id = colleague)
        + (SELECT count(*) FROM public.contacts_organisation o WHERE o.owner_id = colleague),
        (SELECT count(*) FROM public.contacts_followup f WHERE f.owner_id = colleague AND f.done_at IS NULL)
    ];
END $$;
