-- The hub: form 2. Running this again on a hub of this form changes nothing; on an older one it adds what is missing.
-- It runs as one transaction, by somebody who may create roles and owns the database.

-- Roles

do $$ begin
    if not exists (select from pg_roles where rolname = 'tickmark_hub') then
        create role tickmark_hub nologin createrole;
    end if;
    if not exists (select from pg_roles where rolname = 'tickmark_member') then
        create role tickmark_member nologin;
    end if;
    execute format('grant tickmark_hub to %I', current_user);
    grant tickmark_member to tickmark_hub with admin option;
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect, create on database %I to tickmark_hub', current_database());
    revoke create on schema public from public;
end $$;

-- Members could fill the disk with large objects. Only a superuser can take that from everybody.
do $$ begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea),
            lowrite(integer, bytea), lo_open(oid, integer) from public;
    end if;
end $$;

set local role tickmark_hub;
set local client_min_messages = warning;
set local check_function_bodies = off;
create schema if not exists hub;
set local search_path = hub, pg_temp;

-- Tables. Every key begins with the desk.

create table if not exists desk (
    desk uuid primary key,
    name text not null,
    epoch uuid not null default gen_random_uuid(),
    state text not null default 'founding' check (state in ('founding', 'open', 'refilling', 'closed')),
    form int not null default 2,
    quota bigint not null default 20 * 1024::bigint ^ 3,
    used bigint not null default 0
);
-- What a closed desk was before.
alter table desk add column if not exists was text;
create table if not exists head (
    desk uuid primary key,
    seq bigint not null default 0,
    rolling bytea not null default decode(repeat('00', 32), 'hex')
);
-- A member is known by the first login that they got.
create table if not exists member (
    desk uuid, login text,
    person uuid,
    name text not null,
    role text not null check (role in ('reader', 'reporter', 'checker', 'chief')),
    removed timestamptz,
    primary key (desk, login)
);
create unique index if not exists member_person on member (desk, person) where removed is null;
-- Each device has a login of its own, so that a revoked device cannot even read.
create table if not exists access (
    own_login text primary key,
    desk uuid not null,
    login text not null,
    device uuid
);
-- Form 2 takes what went out verified. Programs that do not know it yet stop before it.
alter table desk alter column form set default 2;
do $$
declare d uuid;
begin
    for d in select desk from access group by desk loop
        perform set_config('hub.desk', d::text, true);
        update desk set form = 2 where desk = d and form < 2;
    end loop;
end $$;
create table if not exists device (
    desk uuid, device uuid,
    login text not null,
    key bytea not null check (length(key) = 32),
    label text not null,
    revoked timestamptz,
    primary key (desk, device)
);
create table if not exists entry (
    desk uuid, seq bigint,
    id uuid not null,
    kind text not null,
    thread text not null,
    person uuid not null,
    target uuid,
    leader uuid,
    login text not null,
    device uuid not null,
    carried boolean not null,
    brings uuid[] not null,
    canonical text not null,
    digest bytea not null,
    signature bytea not null,
    rolling bytea not null,
    bytes int not null,
    at timestamptz not null default clock_timestamp(),
    primary key (desk, seq)
) partition by hash (desk);
create table if not exists fact (
    desk uuid, seq bigint, place int,
    id uuid not null,
    digest bytea not null,
    replaces uuid[] not null,
    salt bytea,
    body bytea,
    secret boolean not null,
    primary key (desk, seq, place)
) partition by hash (desk);
do $$ begin
    for n in 0..15 loop
        execute format('create table if not exists entry_%s partition of entry for values with (modulus 16, remainder %s)', n, n);
        execute format('create table if not exists fact_%s partition of fact for values with (modulus 16, remainder %s)', n, n);
    end loop;
end $$;
create unique index if not exists entry_id on entry (desk, id);
create unique index if not exists entry_digest on entry (desk, digest);
create index if not exists entry_target on entry (desk, target, seq) where target is not null;
create index if not exists entry_source on entry (desk, thread, seq) where thread like 'source %';
create unique index if not exists fact_id on fact (desk, id);
create table if not exists redacted (
    desk uuid, fact uuid,
    seq bigint not null,
    primary key (desk, fact)
);
create table if not exists blob (
    desk uuid, digest bytea check (length(digest) = 32),
    bytes bigint not null,
    whole boolean not null,
    secret boolean not null,
    primary key (desk, digest)
);
create table if not exists chunk (
    desk uuid, digest bytea, n int,
    data bytea not null,
    primary key (desk, digest, n)
);
alter table chunk alter column data set storage external;
-- When the last piece came; null once an entry names the bytes. Older hubs lack it.
do $$
declare d uuid;
begin
    if exists (select from pg_attribute where attrelid = 'blob'::regclass and attname = 'grown') then return; end if;
    alter table blob add column grown timestamptz;
    alter table blob alter column grown set default clock_timestamp();
    if to_regclass('named') is null then return; end if;
    for d in select desk from access group by desk loop
        perform set_config('hub.desk', d::text, true);
        update blob b set grown = clock_timestamp()
            where b.desk = d and not exists (select from named n where n.desk = d and n.digest = b.digest);
    end loop;
end $$;
create index if not exists blob_unnamed on blob (desk, grown) where grown is not null;
-- Which facts name which texts and files.
create table if not exists named (
    desk uuid, digest bytea, fact uuid,
    seq bigint not null,
    primary key (desk, digest, fact)
);
create index if not exists named_fact on named (desk, fact);
create table if not exists lease (
    desk uuid, kind text,
    next bigint not null,
    primary key (desk, kind)
);
create table if not exists leased (
    desk uuid, kind text, first bigint,
    last bigint not null,
    login text not null,
    primary key (desk, kind, first)
);
create table if not exists number (
    desk uuid, kind text, entity uuid,
    scope uuid,
    number bigint not null,
    seq bigint not null,
    primary key (desk, kind, entity)
);
create unique index if not exists number_once on number (desk, kind, coalesce(scope, desk), number);
create index if not exists number_seq on number (desk, seq);
create index if not exists number_revision on number (desk, scope, seq) where kind = 'revision';
create unlogged table if not exists present (
    desk uuid, device uuid,
    login text not null,
    article uuid not null,
    at timestamptz not null,
    primary key (desk, device)
);
-- The least role that may do something and that may record a kind of fact; what is not listed is the chief's.
create table if not exists may (kind text primary key, role text not null);
create table if not exists holds (fact text primary key, role text not null);

-- Walls beneath the functions: a row is seen only for the desk that `enter` has let the login into, whoever asks.

do $$
declare t text;
begin
    foreach t in array array['desk', 'head', 'member', 'device', 'entry', 'fact', 'redacted', 'blob', 'chunk', 'named', 'lease',
        'leased', 'number', 'present'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('drop policy if exists own on %I', t);
        execute format('create policy own on %I to tickmark_hub using (desk = nullif(current_setting(''hub.desk'', true), '''')::uuid)', t);
    end loop;
end $$;

-- Whether an administrator is deleting the desk, which is closed.
create or replace function is_deleted(d uuid) returns boolean language sql stable as $$
    select current_setting('hub.deletes', true) = d::text and exists (select from hub.desk k where k.desk = d and k.state = 'closed')
$$;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if hub.is_deleted(old.desk) then return old; end if;
    end if;
    raise exception 'what is recorded on a hub stays: % of % is refused', lower(tg_op), tg_table_name using errcode = 'TM013';
end $$;

-- A fact may lose its salt and body, and nothing else, once its redaction is recorded.
create or replace function only_redaction() returns trigger language plpgsql as $$
begin
    if new.salt is null and new.body is null
        and row(new.desk, new.seq, new.place, new.id, new.digest, new.replaces, new.secret)
            is not distinct from row(old.desk, old.seq, old.place, old.id, old.digest, old.replaces, old.secret)
        and exists (select from hub.redacted r where r.desk = old.desk and r.fact = old.id) then
        return new;
    end if;
    raise exception 'what is recorded on a hub stays: a fact changes only by its redaction' using errcode = 'TM013';
end $$;

-- Bytes may go that are not whole yet, those that no fact names, those that only redacted facts name, and all of a desk that
-- is deleted.
create or replace function only_erased() returns trigger language plpgsql as $$
begin
    if hub.is_deleted(old.desk)
        or not exists (select from hub.blob b where b.desk = old.desk and b.digest = old.digest and b.whole)
        or not exists (select from hub.named n where n.desk = old.desk and n.digest = old.digest)
        or hub.only_redacted(old.desk, old.digest) then
        return old;
    end if;
    raise exception 'what is recorded on a hub stays: a text or file goes only by a redaction' using errcode = 'TM013';
end $$;

-- Whether facts name the text or file, but none that is still readable. The bytes that an article came as count only while
-- the revision of the same action is readable, because they contain its words.
create or replace function only_redacted(d uuid, wanted bytea) returns boolean language sql stable
set search_path = hub, pg_temp as $$
    select exists (select from named n where n.desk = d and n.digest = wanted)
        and not exists (
            select from named n where n.desk = d and n.digest = wanted
                and not exists (select from redacted r where r.desk = d and r.fact = n.fact)
                and not exists (
                    select from fact f join named other on other.desk = d and other.seq = n.seq
                    join redacted r on r.desk = d and r.fact = other.fact
                    where f.desk = d and f.id = n.fact and position('\x6b696e643a373a61727469636c650a'::bytea in f.body) = 1))
$$;

do $$
declare t text;
begin
    foreach t in array array['entry', 'redacted', 'named', 'leased', 'number'] loop
        execute format('create or replace trigger stays before update or delete on %I for each row execute function refuse_change()', t);
    end loop;
    create or replace trigger stays before update on fact for each row execute function only_redaction();
    create or replace trigger never_deleted before delete on fact for each row execute function refuse_change();
    create or replace trigger stays before update on chunk for each row execute function refuse_change();
    create or replace trigger erased before delete on chunk for each row execute function only_erased();
    create or replace trigger erased before delete on blob for each row execute function only_erased();
    for t in select c.relname from pg_class c where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') loop
        execute format('create or replace trigger never_emptied before truncate on %I for each statement execute function refuse_change()', t);
    end loop;
end $$;
