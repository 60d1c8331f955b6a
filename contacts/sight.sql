-- What a policy (outreach/wall/inside.py) asks of a table whose own policy would ask it back. Each answers for the
-- colleague in the settings of the transaction (outreach/wall/context.py), and only about that colleague.

-- The restricted people this colleague has leave to see.
CREATE OR REPLACE FUNCTION sight_of_people() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT g.person_id FROM public.contacts_contactgrant g
        WHERE g.user_id = nullif(current_setting('app.user_id', true), '')::uuid AND g.person_id IS NOT NULL
          AND g.until >= nullif(current_setting('app.today', true), '')::date
    );
END $$;

-- The restricted organisations this colleague has leave to see.
CREATE OR REPLACE FUNCTION sight_of_organisations() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT g.organisation_id FROM public.contacts_contactgrant g
        WHERE g.user_id = nullif(current_setting('app.user_id', true), '')::uuid AND g.organisation_id IS NOT NULL
          AND g.until >= nullif(current_setting('app.today', true), '')::date
    );
END $$;

-- Whether this colleague wrote the dialogue or took part in it.
CREATE OR REPLACE FUNCTION sight_was_there(dialogue uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader CONSTANT uuid := nullif(current_setting('app.user_id', true), '')::uuid;
BEGIN
    RETURN EXISTS (
        SELECT FROM public.contacts_dialogue_officers o WHERE o.dialogue_id = dialogue AND o.user_id = reader
    ) OR EXISTS (
        SELECT FROM public.contacts_dialogue d WHERE d.id = dialogue AND d.author_id = reader
    );
END $$;

-- Whether this colleague runs the event of the registration.
CREATE OR REPLACE FUNCTION sight_runs(registration uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader CONSTANT uuid := nullif(current_setting('app.user_id', true), '')::uuid;
BEGIN
    RETURN EXISTS (
        SELECT FROM public.events_registration r JOIN public.events_event e ON e.id = r.event_id
        WHERE r.id = registration AND (e.owner_id = reader OR e.team_id IN (
            SELECT t.team_id FROM public.accounts_user_teams t WHERE t.user_id = reader))
    );
END $$;
