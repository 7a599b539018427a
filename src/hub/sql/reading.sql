-- Who asks, and what members read.

create or replace function refuse(code text, words text) returns void language plpgsql as $$
begin
    raise exception '%', words using errcode = code;
end $$;

-- The member behind the login. Lets the call see the rows of this desk, and no others.
create or replace function enter(d uuid) returns member language plpgsql set search_path = hub, pg_temp as $$
declare me member;
begin
    perform set_config('hub.desk', d::text, true);
    select m.* into me from access x
        join member m on m.desk = x.desk and m.login = x.login and m.removed is null
        left join device v on v.desk = x.desk and v.device = x.device
        where x.own_login = session_user and x.desk = d and v.revoked is null;
    if me.login is null then
        raise exception 'this login is no member of the desk, or its device is revoked' using errcode = 'TM001';
    end if;
    return me;
end $$;

-- The same, for a call that only a device that joined may make.
create or replace function enter_with(d uuid, dev uuid) returns member language plpgsql set search_path = hub, pg_temp as $$
declare me member := enter(d);
begin
    if not exists (select from access x where x.own_login = session_user and x.device = dev) then
        raise exception 'this device is not the one that joined with this login' using errcode = 'TM001';
    end if;
    return me;
end $$;

create or replace function rank(role text) returns int language sql immutable as $$
    select array_position(array['reader', 'reporter', 'checker', 'chief'], role)
$$;

create or replace function need(me member, role text, what text) returns void language plpgsql set search_path = hub, pg_temp as $$
begin
    if rank(me.role) < rank(role) then
        raise exception 'a % may not %', me.role, what using errcode = 'TM002';
    end if;
end $$;

-- A closed desk takes nothing.
create or replace function need_open(d uuid) returns void language plpgsql set search_path = hub, pg_temp as $$
begin
    if exists (select from desk where desk = d and state = 'closed') then
        raise exception 'the shared desk is closed' using errcode = 'TM002';
    end if;
end $$;

create or replace function millis(at timestamptz) returns bigint language sql immutable as $$
    select floor(extract(epoch from at) * 1000)::bigint
$$;

create or replace function state(d uuid) returns jsonb language plpgsql security definer set search_path = hub, pg_temp as $$
declare me member := enter(d);
begin
    return (select jsonb_build_object('form', k.form, 'name', k.name, 'epoch', k.epoch, 'state', k.state, 'desk_form', k.form,
            'head', h.seq, 'rolling', encode(h.rolling, 'hex'), 'role', me.role, 'person', me.person, 'used', k.used,
            'quota', k.quota, 'unnamed', unnamed_bytes(d), 'now', millis(clock_timestamp()))
        from desk k join head h on h.desk = k.desk where k.desk = d);
end $$;

create or replace function proof(d uuid, seq bigint) returns text language plpgsql security definer set search_path = hub, pg_temp as $$
declare me member := enter(d);
begin
    if proof.seq = 0 then return repeat('00', 32); end if;
    return (select encode(e.rolling, 'hex') from entry e where e.desk = d and e.seq = proof.seq);
end $$;

-- The digest of the numbers that the first entries gave.
create or replace function numbers(d uuid, seq bigint) returns text language plpgsql security definer set search_path = hub, pg_temp as $$
declare me member := enter(d);
begin
    return (select encode(sha256(convert_to(coalesce(string_agg(
            concat_ws(' ', n.kind, coalesce(n.scope::text, '-'), n.number, n.entity) || E'\n', ''
            order by n.kind collate "C", n.scope nulls first, n.number), ''), 'UTF8')), 'hex')
        from number n where n.desk = d and n.seq <= numbers.seq);
end $$;

create or replace function facts_of(d uuid, wanted bigint, closed boolean) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', f.id, 'digest', encode(f.digest, 'hex'),
            'replaces', case when f.replaces <> '{}' then f.replaces end, 'secret', case when f.secret then true end,
            'salt', case when not (closed and f.secret) then encode(f.salt, 'hex') end,
            'body', case when not (closed and f.secret) then translate(encode(f.body, 'base64'), E'\n', '') end))
        order by f.place), '[]')
    from hub.fact f where f.desk = d and f.seq = wanted
$$;

create or replace function numbers_of(d uuid, wanted bigint) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', n.kind, 'scope', n.scope, 'number', n.number,
        'entity', n.entity)) order by n.kind, n.number), '[]')
    from hub.number n where n.desk = d and n.seq = wanted
$$;

-- Readers get secret facts closed. Returns at least one entry if there is one, and at most 4 MiB besides.
create or replace function pull(d uuid, epoch uuid, after bigint, most int)
returns table (seq bigint, canonical text, brings uuid[], leader uuid, login text, device uuid, carried boolean, signature bytea,
    rolling bytea, at bigint, facts jsonb, numbers jsonb)
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare me member := enter(d);
begin
    if not exists (select from desk k join head h on h.desk = k.desk
        where k.desk = d and k.epoch = pull.epoch and pull.after between 0 and h.seq) then
        raise exception 'the hub has another history' using errcode = 'TM008';
    end if;
    return query
        with next as (select e.* from entry e where e.desk = d and e.seq > after order by e.seq limit least(most, 1000)),
            summed as (select n.*, sum(n.bytes) over (order by n.seq) - n.bytes as before from next n)
        select s.seq, s.canonical, s.brings, s.leader, s.login, s.device, s.carried, s.signature, s.rolling, millis(s.at),
            facts_of(d, s.seq, me.role = 'reader'), numbers_of(d, s.seq)
        from summed s where s.before < 4194304 order by s.seq;
end $$;

create or replace function here(d uuid, dev uuid, article uuid)
returns table (login text, person uuid, article_open uuid, at bigint)
language plpgsql security definer set search_path = hub, pg_temp as $$
declare me member := enter_with(d, dev);
begin
    if here.article is null then
        delete from present p where p.desk = d and p.device = dev;
    else
        insert into present values (d, dev, me.login, here.article, clock_timestamp())
            on conflict on constraint present_pkey do update set article = excluded.article, at = excluded.at;
    end if;
    return query select p.login, m.person, p.article, millis(p.at) from present p
        join member m on m.desk = d and m.login = p.login
        where p.desk = d and p.device <> dev and p.at > clock_timestamp() - interval '90 s' order by p.at;
end $$;
