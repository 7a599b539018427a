-- Taking entries: what is checked, and what is stored.

-- A record in its canonical form: the names of its fields, and the first line of each text. Only fields named in `wanted`
-- are returned; all if it is null. It is split into lines; a text of several lines goes on until its length is reached.
create or replace function fields(record text, wanted text[], out names text[], out firsts text[])
language plpgsql immutable as $$
declare
    line text;
    name text;
    rest text;
    colon int;
    missing int := 0;
begin
    names := '{}';
    firsts := '{}';
    if right(record, 1) is distinct from E'\n' then perform hub.refuse('TM010', 'a record is cut off'); end if;
    foreach line in array string_to_array(left(record, -1), E'\n') loop
        if missing > 0 then
            missing := missing - 1 - octet_length(line);
        else
            colon := strpos(line, ':');
            name := left(line, colon - 1);
            rest := substr(line, colon + 1);
            colon := strpos(rest, ':');
            missing := left(rest, colon - 1)::int;
            if name = '' or colon > 10 or missing::text <> left(rest, colon - 1) then
                perform hub.refuse('TM010', 'a record is malformed');
            end if;
            rest := substr(rest, colon + 1);
            missing := missing - octet_length(rest);
            if wanted is null or name = any (wanted) then
                names := names || name;
                firsts := firsts || rest;
            end if;
        end if;
        if missing < 0 then perform hub.refuse('TM010', 'a text in a record is longer than it says'); end if;
    end loop;
    if missing > 0 then perform hub.refuse('TM010', 'a text in a record is shorter than it says'); end if;
end $$;

create or replace function strict_id(written text) returns uuid language plpgsql immutable as $$
declare id uuid := written::uuid;
begin
    if id::text is distinct from written then perform hub.refuse('TM010', 'an id is malformed'); end if;
    return id;
end $$;

create or replace function strict_hex(written text) returns bytea language plpgsql immutable as $$
declare bytes bytea := decode(written, 'hex');
begin
    if length(bytes) <> 32 or encode(bytes, 'hex') is distinct from written then
        perform hub.refuse('TM010', 'a digest or salt is malformed');
    end if;
    return bytes;
end $$;

create or replace function all_of(names text[], firsts text[], wanted text) returns text[] language sql immutable as $$
    select coalesce(array_agg(f order by nth), '{}') from unnest(names, firsts) with ordinality as t(n, f, nth) where n = wanted
$$;

-- An action, as its canonical form says. It is what `take` works on.
create or replace function read_action(canonical text, out id uuid, out kind text, out person uuid, out thread text,
    out target uuid, out parents text[], out facts text[]) language plpgsql immutable as $$
declare
    names text[];
    firsts text[];
begin
    if canonical is null then perform hub.refuse('TM010', 'an action is missing'); end if;
    if octet_length(canonical) > 4194304 then perform hub.refuse('TM006', 'an action is too large'); end if;
    select f.names, f.firsts into names, firsts from hub.fields(canonical, null) f;
    if names[1:6] is distinct from array['format', 'id', 'kind', 'person', 'at', 'thread'] then
        perform hub.refuse('TM010', 'an action lacks a field');
    end if;
    if firsts[1] <> '1' then perform hub.refuse('TM011', 'the action is of a newer form than this hub knows'); end if;
    id := hub.strict_id(firsts[2]);
    kind := firsts[3];
    person := hub.strict_id(firsts[4]);
    if firsts[5] !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$' or not isfinite(firsts[5]::timestamptz) then
        perform hub.refuse('TM010', 'an action has no moment');
    end if;
    thread := firsts[6];
    if thread <> 'desk' and (split_part(thread, ' ', 1) not in ('article', 'source', 'person', 'scale')
        or hub.strict_id(substr(thread, strpos(thread, ' ') + 1)) is null) then
        perform hub.refuse('TM010', 'an action belongs to no chain');
    end if;
    if names[7] = 'target' then target := hub.strict_id(firsts[7]); end if;
    parents := hub.all_of(names, firsts, 'parent');
    facts := hub.all_of(names, firsts, 'fact');
    if cardinality(names) <> 6 + (target is not null)::int + cardinality(parents) + cardinality(facts) then
        perform hub.refuse('TM010', 'an action has a field too many');
    end if;
end $$;

create or replace function is_live(d uuid, action uuid) returns boolean language sql stable as $$
    select coalesce((select u.kind from hub.entry u where u.desk = d and u.target = action and u.kind in ('undo', 'redo')
        order by u.seq desc limit 1), 'redo') = 'redo'
$$;

-- The role whose rights count: the sender's, and after a restored backup that of the member whose entry is sent again.
create or replace function role_for(me member, refilling boolean, person uuid) returns text language sql stable as $$
    select case when refilling and me.person is distinct from person
        then coalesce((select m.role from hub.member m where m.desk = me.desk and m.person = role_for.person
            order by m.removed desc nulls first limit 1), 'checker')
        else me.role end
$$;

-- Whether the sender may pass on what this person recorded. `lead` is the action that the entry is undone with.
create or replace function may_speak(me member, k desk, speaker uuid, action uuid, lead entry, carried boolean) returns boolean
language sql stable as $$
    select me.person = speaker or k.state = 'refilling' or (carried and (me.role = 'chief'
        or (lead.kind = 'bring-in' and lead.login = me.login and action = any (lead.brings)
            and not exists (select from hub.member m where m.desk = me.desk and m.person = speaker))))
$$;

-- Undo reaches own actions. Redo reaches others' where the role may do the same itself, or where it keeps an own action,
-- named by `with`, that lives and names something that the target recorded.
create or replace function check_target(me member, speaker uuid, role text, action_kind text, target uuid, lead entry)
returns void language plpgsql stable set search_path = hub, pg_temp as $$
declare t entry;
begin
    if target is null then
        if action_kind in ('undo', 'redo') then perform refuse('TM010', 'it names no action to undo or redo'); end if;
        return;
    end if;
    select * into t from entry e where e.desk = me.desk and e.id = check_target.target;
    if t.id is null then perform refuse('TM004', 'the action that it names is not on the hub'); end if;
    if action_kind not in ('undo', 'redo') or t.person = speaker then return; end if;
    if action_kind = 'undo' then perform refuse('TM003', 'it undoes what somebody else did'); end if;
    if rank(role) >= rank(role_of_entry(me.desk, t.seq)) then return; end if;
    if lead.person = speaker and lead.seq > t.seq and is_live(me.desk, lead.id) and builds_on(me.desk, lead.seq, t.seq) then
        return;
    end if;
    perform refuse('TM003', 'it redoes what somebody else did');
end $$;

-- The least role that may record this entry.
create or replace function role_of_entry(d uuid, wanted bigint) returns text language sql stable as $$
    select r from (
        select coalesce((select m.role from hub.may m where m.kind = e.kind), 'chief') as r
            from hub.entry e where e.desk = d and e.seq = wanted
        union all
        select coalesce((select h.role from hub.holds h where h.fact = hub.kind_of(f.body)), 'chief')
            from hub.fact f where f.desk = d and f.seq = wanted and f.body is not null) as all_roles
    order by hub.rank(r) desc limit 1
$$;

create or replace function kind_of(body bytea) returns text language sql immutable as $$
    select split_part(split_part(convert_from(substring(body for 60), 'LATIN1'), E'\n', 1), ':', 3)
$$;

-- Whether a fact of one entry names a fact or a numbered thing of another one.
create or replace function builds_on(d uuid, later bigint, earlier bigint) returns boolean language sql stable as $$
    select exists (select from hub.fact f,
            (select id::text from hub.fact where desk = d and seq = earlier
                union all select entity::text from hub.number where desk = d and seq = earlier) as made (id)
        where f.desk = d and f.seq = later and position(convert_to(made.id, 'UTF8') in f.body) > 0)
$$;

-- Nobody silences an action that stands on its own by saying that an import brought it.
create or replace function check_brings(d uuid, brought uuid[]) returns void language plpgsql stable set search_path = hub, pg_temp as $$
begin
    if exists (select from entry e where e.desk = d and e.id = any (brought) and e.leader is null) then
        perform refuse('TM003', 'it would take an action with it that stands on its own');
    end if;
end $$;

create or replace function check_parents(d uuid, parents text[], in_thread text) returns void language plpgsql stable
set search_path = hub, pg_temp as $$
declare parent text;
begin
    foreach parent in array parents loop
        if not exists (select from entry e where e.desk = d and e.digest = strict_hex(parent) and e.thread = in_thread) then
            perform refuse('TM004', 'an action that it follows is not on the hub');
        end if;
    end loop;
end $$;

-- Who withheld the source: the person of the first of the last live facts that all withhold it.
create or replace function withheld_by(d uuid, source uuid) returns uuid language plpgsql stable set search_path = hub, pg_temp as $$
declare
    setter uuid;
    one record;
begin
    for one in select e.id, e.person, f.body from entry e join fact f on f.desk = d and f.seq = e.seq
        where e.desk = d and e.thread = 'source ' || source and e.thread like 'source %' and kind_of(f.body) = 'source'
        order by e.seq desc, f.place desc
    loop
        if is_live(d, one.id) then
            if (select firsts[1] from fields(convert_from(one.body, 'UTF8'), array['withhold'])) <> 'true' then exit; end if;
            setter := one.person;
        end if;
    end loop;
    return setter;
end $$;

-- The texts and files that a fact names.
create or replace function contents(kind text, names text[], firsts text[]) returns bytea[] language sql immutable as $$
    select coalesce(array_agg(distinct hub.strict_hex(left(f, 64))), '{}') from unnest(names, firsts) as t(n, f)
        where (kind, n) in (('revision', 'text'), ('article', 'original'), ('source', 'attached'), ('picture', 'attached'))
$$;

-- A fact belongs to the chain of what it is about.
create or replace function check_chain(kind text, subject text, in_thread text) returns void language plpgsql immutable as $$
declare chain text := case
    when kind in ('article', 'archived', 'revision', 'claim', 'query', 'waved', 'suggestion', 'picture') then 'article '
    when kind in ('source', 'interview') then 'source '
    when kind in ('person', 'scale') then kind || ' ' end;
begin
    if kind = 'published' and in_thread <> 'desk' then perform hub.refuse('TM010', 'a fact belongs to another chain'); end if;
    if chain is not null and chain || subject is distinct from in_thread then perform hub.refuse('TM010', 'a fact belongs to another chain'); end if;
end $$;

-- A fact that the role may record, in the chain that it belongs to.
create or replace function check_fact(me member, role text, new_kind text, subject text, names text[], firsts text[], action record,
    lead entry, new_seq bigint) returns void language plpgsql stable set search_path = hub, pg_temp as $$
begin
    if rank(role) < rank(coalesce((select h.role from holds h where h.fact = new_kind), 'chief'))
        and not (new_kind = 'resolution' and is_of_import(me, action.kind, lead, firsts[array_position(names, 'query')]::uuid, new_seq)) then
        perform refuse('TM002', format('a %s may not record a fact of the kind %s', role, new_kind));
    end if;
    perform check_chain(new_kind, subject, action.thread);
    if new_kind = 'source' and firsts[array_position(names, 'withhold')] = 'false' and me.role <> 'chief'
        and withheld_by(me.desk, subject::uuid) <> action.person then
        perform refuse('TM002', 'only the chief and whoever withheld a source may lift that');
    end if;
end $$;

-- Notes which texts and files a fact names, so that no sweep removes them. They are there, unless the fact was redacted: then the sender did not know that,
-- sent the bytes again, and they are erased again.
create or replace function put_contents(me member, contents bytea[], fact uuid, new_seq bigint, is_redacted boolean) returns void
language plpgsql set search_path = hub, pg_temp as $$
declare content bytea;
begin
    foreach content in array contents loop
        update blob set grown = null where desk = me.desk and digest = content and whole and grown is not null;
        if not is_redacted and not exists (select from blob b where b.desk = me.desk and b.digest = content and b.whole) then
            perform refuse('TM006', 'a text or file that it names is not on the hub: ' || encode(content, 'hex'));
        end if;
        insert into named values (me.desk, content, put_contents.fact, new_seq) on conflict do nothing;
        if is_redacted and only_redacted(me.desk, content) then perform forget(me.desk, content); end if;
    end loop;
end $$;

-- A revision beside one that the sender has not seen waits until they have, or say that they want two versions.
create or replace function check_turn(d uuid, dev uuid, after bigint, article uuid) returns void language plpgsql stable
set search_path = hub, pg_temp as $$
begin
    if exists (select from number n join entry e on e.desk = n.desk and e.seq = n.seq
        where n.desk = d and n.kind = 'revision' and n.scope = article and n.seq > after and e.device <> dev) then
        perform refuse('TM007', 'somebody else saved a revision of the article');
    end if;
end $$;

-- Stores one fact of an action. Returns the fact that it redacts, if it does.
create or replace function put_fact(me member, k desk, dev uuid, after bigint, fork boolean, role text, action record, lead entry,
    wanted_numbers jsonb, new_seq bigint, nth int, f jsonb) returns uuid language plpgsql set search_path = hub, pg_temp as $$
declare
    new_id uuid := strict_id(f->>'id');
    new_salt bytea;
    new_body bytea;
    new_kind text;
    names text[];
    firsts text[];
    subject text;
    replaced uuid[];
    is_redacted boolean := exists (select from redacted r where r.desk = me.desk and r.fact = new_id);
begin
    if f->>'digest' is distinct from action.facts[nth] then perform refuse('TM010', 'its facts are not those that it names'); end if;
    if f ? 'body' then
        new_salt := strict_hex(f->>'salt');
        new_body := decode(f->>'body', 'base64');
        if length(new_body) > 16777216 then perform refuse('TM006', 'a fact is too large'); end if;
        if encode(sha256(new_salt || new_body), 'hex') <> f->>'digest' then
            perform refuse('TM010', 'a fact is not what its digest says');
        end if;
        select r.names, r.firsts into names, firsts from fields(convert_from(new_body, 'UTF8'), array['kind', 'id', 'replaces',
            'article', 'revision', 'claim', 'source', 'query', 'suggestion', 'picture', 'person', 'scale', 'text', 'original',
            'attached', 'withhold', 'fact']) r;
        if names[1:2] is distinct from array['kind', 'id'] or strict_id(firsts[2]) <> new_id then
            perform refuse('TM010', 'a fact is not the one that it says');
        end if;
        new_kind := firsts[1];
        replaced := all_of(names, firsts, 'replaces')::uuid[];
        subject := firsts[array_position(names, case when new_kind in ('archived', 'revision', 'claim', 'query', 'waved',
            'suggestion', 'picture') then 'article' when new_kind = 'interview' then 'source' else new_kind end)];
        perform check_fact(me, role, new_kind, subject, names, firsts, action, lead, new_seq);
        perform put_contents(me, contents(new_kind, names, firsts), new_id, new_seq, is_redacted);
        if new_kind = 'revision' and k.state = 'open' and not fork then perform check_turn(me.desk, dev, after, subject::uuid); end if;
        if new_kind in ('article', 'revision', 'claim', 'source', 'query', 'suggestion') then
            perform number_fact(me, k, new_kind, subject, strict_id(firsts[array_position(names, new_kind)]), wanted_numbers, new_seq);
        end if;
    else
        replaced := array(select strict_id(r) from jsonb_array_elements_text(f->'replaces') r);
    end if;
    insert into fact values (me.desk, new_seq, nth, new_id, strict_hex(f->>'digest'), replaced,
        case when not is_redacted then new_salt end, case when not is_redacted then new_body end,
        coalesce((f->>'secret')::boolean, false));
    return case when new_kind = 'redaction' then strict_id(firsts[array_position(names, 'fact')]) end;
end $$;

create or replace function number_fact(me member, k desk, new_kind text, subject text, entity uuid, wanted_numbers jsonb,
    new_seq bigint) returns void language plpgsql set search_path = hub, pg_temp as $$
begin
    perform give_number(me, k.state <> 'open', new_kind, case when new_kind = 'revision' then subject::uuid end, entity,
        (wanted_numbers->>entity::text)::bigint, new_seq);
end $$;

-- Whether a query was asked by the own import that resolves it. So reporters bring in files whose remarks are resolved.
create or replace function is_of_import(me member, action_kind text, lead entry, asked uuid, new_seq bigint)
returns boolean language sql stable as $$
    select exists (select from hub.number n left join hub.entry e on e.desk = n.desk and e.seq = n.seq
        where n.desk = me.desk and n.kind = 'query' and n.entity = asked and (
            (action_kind in ('import', 'take-returned') and n.seq = new_seq)
            or (lead.kind in ('import', 'take-returned') and lead.login = me.login and lead.id in (e.id, e.leader))))
$$;

-- Empties a fact, and erases the texts and files that only redacted facts name.
create or replace function redact(d uuid, wanted uuid, new_seq bigint) returns void language plpgsql set search_path = hub, pg_temp as $$
declare content bytea;
begin
    insert into redacted values (d, wanted, new_seq) on conflict do nothing;
    update fact f set salt = null, body = null where f.desk = d and f.id = wanted and f.body is not null;
    for content in select distinct other.digest from named n join named other on other.desk = d and other.seq = n.seq
        where n.desk = d and n.fact = wanted
    loop
        if only_redacted(d, content) then perform forget(d, content); end if;
    end loop;
end $$;

-- An action that the sender may record or pass on, and that has what it follows and names on the hub.
create or replace function check_action(me member, k desk, a record, lead entry, role text, brought uuid[], carried boolean)
returns void language plpgsql stable set search_path = hub, pg_temp as $$
declare least_role text := (select m.role from may m where m.kind = a.kind);
begin
    if not coalesce(may_speak(me, k, a.person, a.id, lead, carried), false) then
        perform refuse('TM003', 'it speaks in another person''s name');
    end if;
    if least_role is null then perform refuse('TM011', 'this hub does not know the kind of action yet: ' || a.kind); end if;
    if rank(role) < rank(least_role)
        and not (a.kind = 'resolve' and coalesce(lead.kind, '') in ('import', 'take-returned')) then
        perform refuse('TM002', format('a %s may not %s', role, a.kind));
    end if;
    perform check_parents(me.desk, a.parents, a.thread);
    if not (carried and me.role = 'chief') and not (k.state = 'refilling' and a.person <> me.person) then
        perform check_target(me, a.person, role, a.kind, a.target, lead);
    elsif a.target is not null and not exists (select from entry x where x.desk = me.desk and x.id = a.target) then
        perform refuse('TM004', 'the action that it names is not on the hub');
    end if;
    if k.state <> 'founding' then perform check_brings(me.desk, brought); end if;
end $$;

-- Takes one entry, or says its place if the hub has it.
create or replace function take(me member, k desk, dev uuid, after bigint, fork boolean, e jsonb, new_seq bigint, last bytea,
    out o_id uuid, out o_seq bigint, out o_dup boolean, out o_rolling bytea) language plpgsql set search_path = hub, pg_temp as $$
declare
    a record;
    lead entry;
    new_digest bytea := sha256(convert_to(e->>'canonical', 'UTF8'));
    new_signature bytea := decode(e->>'signature', 'base64');
    new_device uuid := coalesce((e->>'device')::uuid, dev);
    new_leader uuid := (e->>'with')::uuid;
    new_brings uuid[] := array(select b::uuid from jsonb_array_elements_text(e->'brings') b);
    new_carried boolean := coalesce((e->>'carried')::boolean, false);
    facts jsonb := coalesce(e->'facts', '[]');
    wanted_numbers jsonb;
    role text;
    known record;
    redactions uuid[] := '{}';
    redaction uuid;
begin
    select * into a from read_action(e->>'canonical');
    o_id := a.id;
    o_rolling := last;
    select x.seq, x.digest into known from entry x where x.desk = me.desk and x.id = a.id;
    if known.seq is not null then
        if known.digest <> new_digest then perform refuse('TM009', 'the id belongs to another action'); end if;
        o_seq := known.seq;
        o_dup := true;
        return;
    end if;
    if length(new_signature) is distinct from 64 then perform refuse('TM010', 'it is not signed'); end if;
    if jsonb_array_length(facts) <> cardinality(a.facts) then perform refuse('TM010', 'its facts are not those that it names'); end if;
    if new_device <> dev and k.state <> 'refilling' then perform refuse('TM001', 'another device signed it'); end if;
    if new_leader is not null then
        select * into lead from entry x where x.desk = me.desk and x.id = new_leader;
        if lead.id is null then perform refuse('TM004', 'the action that it is undone with is not on the hub'); end if;
    end if;
    role := role_for(me, k.state = 'refilling', a.person);
    perform check_action(me, k, a, lead, role, new_brings, new_carried);
    if jsonb_array_length(e->'numbers') > 0 then
        wanted_numbers := (select jsonb_object_agg(n->>'entity', n->'number') from jsonb_array_elements(e->'numbers') n);
    end if;
    for nth in 1..cardinality(a.facts) loop
        redaction := put_fact(me, k, dev, after, fork, role, a, lead, wanted_numbers, new_seq, nth, facts->(nth - 1));
        if redaction is not null then redactions := redactions || redaction; end if;
    end loop;
    o_seq := new_seq;
    o_dup := false;
    o_rolling := sha256(last || new_digest);
    insert into entry values (me.desk, new_seq, a.id, a.kind, a.thread, a.person, a.target, new_leader,
        coalesce((select v.login from device v where v.desk = me.desk and v.device = new_device), me.login), new_device, new_carried,
        new_brings, e->>'canonical', new_digest, new_signature, o_rolling, least(octet_length(e::text), 2000000000));
    foreach redaction in array redactions loop
        perform redact(me.desk, redaction, new_seq);
    end loop;
    -- Closed facts may have numbers from a lease as well.
    if wanted_numbers is not null and exists (select from fact f where f.desk = me.desk and f.seq = new_seq and f.body is null) then
        perform give_number(me, k.state <> 'open', n->>'kind', (n->>'scope')::uuid, (n->>'entity')::uuid, (n->>'number')::bigint, new_seq)
            from jsonb_array_elements(e->'numbers') n where n->>'kind' in ('article', 'claim', 'source', 'query', 'suggestion');
    end if;
end $$;

create or replace function push(d uuid, dev uuid, epoch uuid, after bigint, fork boolean, entries jsonb)
returns table (o_id uuid, o_seq bigint, o_dup boolean) language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter_with(d, dev);
    h head;
    k desk;
    e jsonb;
    was bigint;
    taken record;
    said text;
    code text;
begin
    if jsonb_typeof(entries) <> 'array' then perform refuse('TM010', 'these are no entries'); end if;
    if jsonb_array_length(entries) > 500 then perform refuse('TM012', 'at most 500 entries may be sent at once'); end if;
    perform need(me, 'reporter', 'record anything');
    select * into h from head where desk = d for update;
    select * into k from desk where desk = d;
    was := h.seq;
    if k.epoch is distinct from push.epoch or push.after is null or push.after not between 0 and h.seq then
        perform refuse('TM008', 'the hub has another history');
    end if;
    perform need_open(d);
    if k.state = 'founding' and me.role <> 'chief' then
        perform refuse('TM002', 'the desk takes no entries now');
    end if;
    begin
        for e in select * from jsonb_array_elements(entries) loop
            select * into taken from take(me, k, dev, push.after, push.fork, e, h.seq + 1, h.rolling);
            h.seq := greatest(h.seq, taken.o_seq);
            h.rolling := taken.o_rolling;
            o_id := taken.o_id;
            o_seq := taken.o_seq;
            o_dup := taken.o_dup;
            return next;
        end loop;
    exception when others then
        get stacked diagnostics said = message_text, code = returned_sqlstate;
        -- Values of a wrong type and repeated ids are found by the database itself.
        if code like '22%' or code = '23502' then
            code := 'TM010';
            said := 'the entry is malformed: ' || said;
        elsif code = '23505' then
            code := 'TM009';
            said := 'an id in it belongs to something else';
        end if;
        raise exception '%', said using errcode = code,
            detail = coalesce(substring(e->>'canonical' from E'\nid:36:([0-9a-f-]{36})\n'), '');
    end;
    if h.seq > was then
        update head set seq = h.seq, rolling = h.rolling where desk = d;
        perform pg_notify('tm_' || replace(d::text, '-', ''), dev::text);
    end if;
end $$;
