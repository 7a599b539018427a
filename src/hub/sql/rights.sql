-- Members may call these functions, and nothing else.

revoke all on schema hub from public;
revoke all on all tables in schema hub from public, tickmark_member;
revoke all on all functions in schema hub from public, tickmark_member;
grant usage on schema hub to tickmark_member;
grant execute on function state(uuid), proof(uuid, bigint), numbers(uuid, bigint), push(uuid, uuid, uuid, bigint, boolean, jsonb),
    pull(uuid, uuid, bigint, int), lease(uuid, text, int), put(uuid, bytea, bigint, int, bytea, boolean), get(uuid, bytea, int),
    here(uuid, uuid, uuid), members(uuid), invite(uuid, text, text, text, uuid),
    "join"(uuid, uuid, bytea, text, uuid, text), set_role(uuid, text, text), remove(uuid, text), revoke(uuid, uuid),
    recover(uuid, boolean) to tickmark_member;
alter default privileges in schema hub revoke execute on functions from public;
