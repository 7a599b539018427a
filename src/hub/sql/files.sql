-- Texts and files by their digest, in pieces of 1 MiB, and numbers.

create or replace function pieces(bytes bigint) returns int language sql immutable as $$
    select ((bytes + 1048575) / 1048576)::int
$$;

-- Whether the pieces are the bytes of the digest. This takes three times their memory, so one call does it at a time.
create or replace function is_whole(d uuid, wanted bytea) returns boolean language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7466851);
    return (select sha256(coalesce(string_agg(c.data, ''::bytea order by c.n), ''::bytea)) = wanted
        from hub.chunk c where c.desk = d and c.digest = wanted);
end $$;

-- Removes what was uploaded, whole or in part, that no entry names and nobody asked about for seven days: at least one
-- upload, and as many as it takes for `room` bytes. The row of an upload decides between this and an entry on its way:
-- whoever locks it first. An entry that comes second is refused, and its desk uploads again.
create or replace function sweep(d uuid, room bigint) returns void language plpgsql set search_path = hub, pg_temp as $$
declare
    old record;
    freed bigint := 0;
begin
    for old in select b.digest, (select coalesce(sum(length(c.data)), 0) from chunk c where c.desk = d and c.digest = b.digest) as held
        from blob b where b.desk = d and b.grown < clock_timestamp() - interval '7 days' order by b.grown for update of b skip locked
    loop
        perform forget(d, old.digest);
        freed := freed + old.held;
        exit when freed >= room;
    end loop;
end $$;

-- How many bytes were uploaded that no entry names yet.
create or replace function unnamed_bytes(d uuid) returns bigint language sql stable as $$
    select coalesce(sum(length(c.data)), 0)::bigint from hub.blob b join hub.chunk c on c.desk = b.desk and c.digest = b.digest
        where b.desk = d and b.grown is not null
$$;

-- Takes piece `n` if it is the next one. Whoever begins an upload sweeps first: so there is room wherever there can be, and
-- nobody has to think of it. Returns how many pieces from the first on the hub has; 0 after the last one if the
-- bytes are not those of the digest, which forgets them.
create or replace function put(d uuid, digest bytea, total bigint, n int, data bytea, secret boolean) returns int
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    b blob;
    held int;
begin
    perform need(me, 'reporter', 'send texts and files');
    perform need_open(d);
    if length(put.digest) <> 32 or total < 0 or n < 0 then perform refuse('TM010', 'this is no piece of a file'); end if;
    if total > 268435456 then perform refuse('TM006', 'a file may have at most 256 MiB'); end if;
    select * into b from blob where desk = d and digest = put.digest for update;
    if b.digest is null and (length(put.data) > 0 or total = 0) then
        insert into blob values (d, put.digest, total, false, put.secret) on conflict do nothing;
        select * into b from blob where desk = d and digest = put.digest for update;
    end if;
    if b.digest is null then return 0; end if;
    if b.bytes <> total then perform refuse('TM010', 'the file has another length'); end if;
    update blob set grown = clock_timestamp() where desk = d and digest = put.digest and grown is not null;
    if b.whole then return pieces(total); end if;
    held := (select count(*) from chunk where desk = d and digest = put.digest);
    if total > 0 and (length(put.data) = 0 or n <> held) then return held; end if;
    if length(put.data) <> least(1048576, total - n * 1048576::bigint) then
        perform refuse('TM010', 'the piece has the wrong length');
    end if;
    if held = 0 then perform sweep(d, total); end if;
    update desk set used = used + length(put.data) where desk = d and used - held * 1048576::bigint + total <= quota;
    if not found then perform refuse('TM006', 'the desk has no room for this file'); end if;
    if total > 0 then insert into chunk values (d, put.digest, held, put.data); end if;
    if total > 0 and held + 1 < pieces(total) then return held + 1; end if;
    if not is_whole(d, put.digest) then
        perform forget(d, put.digest);
        return 0;
    end if;
    update blob set whole = true where desk = d and digest = put.digest;
    return pieces(total);
end $$;

-- Removes the bytes; the triggers refuse that for what a readable fact names.
create or replace function forget(d uuid, wanted bytea) returns void language plpgsql as $$
declare freed bigint;
begin
    select coalesce(sum(length(c.data)), 0) into freed from hub.chunk c where c.desk = d and c.digest = wanted;
    delete from hub.chunk c where c.desk = d and c.digest = wanted;
    delete from hub.blob b where b.desk = d and b.digest = wanted;
    update hub.desk k set used = k.used - freed where k.desk = d;
end $$;

create or replace function get(d uuid, digest bytea, n int) returns bytea
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    b blob;
begin
    select * into b from blob where desk = d and digest = get.digest and whole;
    if b.digest is null or (b.secret and me.role = 'reader') then return null; end if;
    if b.bytes = 0 and n = 0 then return ''; end if;
    return (select data from chunk where desk = d and digest = get.digest and chunk.n = get.n);
end $$;

create or replace function lease(d uuid, kind text, n int) returns bigint
language plpgsql security definer set search_path = hub, pg_temp as $$
#variable_conflict use_column
declare
    me member := enter(d);
    first bigint;
begin
    perform need(me, 'reporter', 'take numbers');
    perform need_open(d);
    if lease.kind not in ('article', 'claim', 'source', 'query', 'suggestion') or n not between 1 and 1000 then
        perform refuse('TM010', 'there are no such numbers');
    end if;
    insert into lease as l values (d, lease.kind, 1 + n) on conflict (desk, kind) do update set next = l.next + n
        returning next - n into first;
    insert into leased values (d, lease.kind, first, first + n - 1, me.login);
    return first;
end $$;

-- Gives the thing its number: the wanted one if this login may have it and it is free, else the next one.
create or replace function give_number(me member, anyhow boolean, new_kind text, new_scope uuid, new_entity uuid, wanted bigint,
    new_seq bigint) returns void language plpgsql set search_path = hub, pg_temp as $$
declare given bigint := wanted;
begin
    if exists (select from number where desk = me.desk and kind = new_kind and entity = new_entity) then return; end if;
    if given < 1 or not (anyhow or (new_scope is null and exists (select from leased l where l.desk = me.desk and l.kind = new_kind
            and l.first = (select max(first) from leased where desk = me.desk and kind = new_kind and first <= given)
            and l.last >= given and l.login = me.login)))
        or exists (select from number where desk = me.desk and kind = new_kind and coalesce(scope, desk) = coalesce(new_scope, me.desk)
            and number.number = given) then
        given := null;
    end if;
    if new_scope is not null then
        given := coalesce(given, (select coalesce(max(number.number), 0) + 1 from number
            where desk = me.desk and kind = new_kind and coalesce(scope, desk) = new_scope));
    else
        insert into lease as l values (me.desk, new_kind, coalesce(given, 1) + 1) on conflict (desk, kind) do update
            set next = case when given is null then l.next + 1 else greatest(l.next, excluded.next) end
            returning coalesce(given, l.next - 1) into given;
    end if;
    insert into number values (me.desk, new_kind, new_entity, new_scope, given, new_seq);
end $$;
