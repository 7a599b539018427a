-- Members, devices, and the state of the desk.

-- Creates a login whose password is good for seven days.
create or replace function create_login(verifier text) returns text language plpgsql as $$
declare new_login text := 'tm_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12);
begin
    perform hub.check_verifier(verifier);
    execute format('create role %I login password %L in role tickmark_member valid until %L', new_login, verifier,
        clock_timestamp() + interval '7 days');
    execute format('alter role %I set statement_timeout = ''10s''', new_login);
    execute format('alter role %I set idle_in_transaction_session_timeout = ''10s''', new_login);
    execute format('alter role %I set lock_timeout = ''3s''', new_login);
    return new_login;
end $$;

-- A clear password never reaches the database.
create or replace function check_verifier(verifier text) returns void language plpgsql as $$
begin
    if verifier is null or verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
        perform hub.refuse('TM010', 'this is no verifier of a password');
    end if;
end $$;

-- Begins a shared desk, and returns the login of its chief. Administrators call it, and no member may.
create or replace function found(d uuid, name text, chief text, verifier text) returns text language plpgsql
set search_path = hub, pg_temp as $$
declare new_login text := create_login(verifier);
begin
    perform set_config('hub.desk', d::text, true);
    insert into desk (desk, name) values (d, found.name);
    insert into head (desk) values (d);
    insert into member (desk, login, name, role) values (d, new_login, chief, 'chief');
    insert into access (own_login, desk, login) values (new_login, d, new_login);
    return new_login;
end $$;

create or replace function invite(d uuid, name text, role text, verifier text, person uuid) returns text
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    new_login text;
    theirs text;
begin
    perform need(me, 'chief', 'invite');
    perform need_open(d);
    if rank(invite.role) is null or coalesce(btrim(invite.name), '') = '' then perform refuse('TM010', 'a member needs a name and a role'); end if;
    new_login := create_login(verifier);
    theirs := (select login from member m where m.desk = d and m.person = invite.person and m.removed is null);
    if theirs is null then
        insert into member (desk, login, person, name, role) values (d, new_login, invite.person, invite.name, invite.role);
    end if;
    insert into access (own_login, desk, login) values (new_login, d, coalesce(theirs, new_login));
    return new_login;
end $$;

-- Adds the device that the login was made for. Again for the same device it only sets the password.
create or replace function "join"(d uuid, dev uuid, key bytea, label text, person uuid, verifier text) returns jsonb
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    used_by uuid := (select device from access where own_login = session_user);
    known device;
begin
    perform check_verifier(verifier);
    if used_by <> dev then perform refuse('TM001', 'the invite was used by another device'); end if;
    if length("join".key) <> 32 then perform refuse('TM010', 'this is no key'); end if;
    if me.person is null then
        if exists (select from member m where m.desk = d and m.person = "join".person and m.removed is null) then
            perform refuse('TM003', 'this person is another member');
        end if;
        update member set person = "join".person where desk = d and login = me.login;
    elsif me.person is distinct from "join".person then
        perform refuse('TM003', 'this login is for another person');
    end if;
    select * into known from device where desk = d and device = dev;
    if known.device is null then
        insert into device values (d, dev, me.login, "join".key, "join".label);
        update access set device = dev where own_login = session_user;
    elsif known.login <> me.login or known.key <> "join".key or used_by is null then
        perform refuse('TM009', 'the id belongs to another device');
    end if;
    execute format('alter role %I password %L valid until ''infinity''', session_user, verifier);
    return state(d);
end $$;

create or replace function members(d uuid)
returns table (login text, person uuid, name text, role text, removed bigint, devices jsonb)
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare me member := enter(d);
begin
    return query select m.login, m.person, m.name, m.role, millis(m.removed),
        (select coalesce(jsonb_agg(jsonb_build_object('device', v.device, 'label', v.label, 'key', encode(v.key, 'hex'),
            'revoked', millis(v.revoked)) order by v.device), '[]')
            from device v where v.desk = d and v.login = m.login)
        from member m where m.desk = d order by m.name, m.login;
end $$;

-- The member of that login. A desk always keeps a chief.
create or replace function member_of(d uuid, wanted text, other_chief boolean) returns member language plpgsql
set search_path = hub, pg_temp as $$
declare m member;
begin
    perform from head where desk = d for update;
    select x.* into m from member x where x.desk = d and x.login = wanted and x.removed is null;
    if m.login is null then perform refuse('TM001', format('%s is no member', wanted)); end if;
    if other_chief and m.role = 'chief' and not exists (select from member x
        where x.desk = d and x.role = 'chief' and x.removed is null and x.login <> wanted) then
        perform refuse('TM002', 'a desk keeps a chief');
    end if;
    return m;
end $$;

create or replace function set_role(d uuid, login text, role text) returns void
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    m member;
begin
    perform need(me, 'chief', 'give roles');
    if rank(set_role.role) is null then perform refuse('TM010', 'there is no such role'); end if;
    m := member_of(d, set_role.login, set_role.role <> 'chief');
    update member x set role = set_role.role where x.desk = d and x.login = m.login;
end $$;

create or replace function close_login(own_login text) returns void language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = own_login) then
        execute format('alter role %I nologin', own_login);
    end if;
end $$;

create or replace function remove(d uuid, login text) returns void
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    m member := member_of(d, remove.login, true);
begin
    if m.login <> me.login then perform need(me, 'chief', 'remove members'); end if;
    update member x set removed = clock_timestamp() where x.desk = d and x.login = m.login;
    perform close_login(x.own_login) from access x where x.desk = d and x.login = m.login;
    delete from present p where p.desk = d and p.login = m.login;
end $$;

create or replace function revoke(d uuid, dev uuid) returns void
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    theirs text := (select login from device where desk = d and device = dev);
begin
    if theirs is null then perform refuse('TM001', 'there is no such device'); end if;
    if theirs <> me.login then perform need(me, 'chief', 'revoke devices of others'); end if;
    update device set revoked = coalesce(revoked, clock_timestamp()) where desk = d and device = dev;
    perform close_login(own_login) from access where desk = d and device = dev;
    delete from present where desk = d and device = dev;
end $$;

-- A restored hub gets a new epoch, and takes others' entries again until that is done.
create or replace function recover(d uuid, done boolean) returns void
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare me member := enter(d);
begin
    perform need(me, 'chief', 'recover the hub');
    perform from head where desk = d for update;
    perform need_open(d);
    if done then
        update desk set state = 'open' where desk = d;
    else
        update desk set state = 'refilling', epoch = gen_random_uuid() where desk = d;
    end if;
end $$;
