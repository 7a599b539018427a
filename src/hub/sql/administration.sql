-- What an administrator does with a shared desk. No member may call these.

-- From now on nobody records anything on it; everybody reads it as before.
create or replace function close_desk(d uuid) returns void language plpgsql set search_path = hub, pg_temp as $$
begin
    perform set_config('hub.desk', d::text, true);
    perform from head where desk = d for update;
    update desk set was = state, state = 'closed' where desk = d and state <> 'closed';
    perform pg_notify('tm_' || replace(d::text, '-', ''), '');
end $$;

-- Takes that back: the desk is as it was.
create or replace function open_desk(d uuid) returns void language plpgsql set search_path = hub, pg_temp as $$
begin
    perform set_config('hub.desk', d::text, true);
    perform from head where desk = d for update;
    update desk set state = was, was = null where desk = d and state = 'closed';
    perform pg_notify('tm_' || replace(d::text, '-', ''), '');
end $$;

-- Removes all that a closed desk has, and the logins of its members. Returns how many those were.
create or replace function delete_desk(d uuid) returns int language plpgsql set search_path = hub, pg_temp as $$
declare
    t text;
    logins text[] := array(select own_login from access where desk = d);
    one text;
begin
    perform set_config('hub.desk', d::text, true);
    perform from head where desk = d for update;
    if not exists (select from desk where desk = d and state = 'closed') then
        perform refuse('TM002', 'only a closed desk is deleted');
    end if;
    perform set_config('hub.deletes', d::text, true);
    foreach t in array array['fact', 'entry', 'redacted', 'named', 'chunk', 'blob', 'number', 'leased', 'lease', 'present', 'device',
        'member', 'head', 'access', 'desk'] loop
        execute format('delete from %I where desk = $1', t) using d;
    end loop;
    foreach one in array logins loop
        if exists (select from pg_roles where rolname = one) then execute format('drop role %I', one); end if;
    end loop;
    return cardinality(logins);
end $$;
