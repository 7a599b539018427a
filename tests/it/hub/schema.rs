//! What is in the database, and who may touch it without the functions.

use super::desk::Desk;
use tickmark::{
    hub::{Hub, Leased, init},
    model::{ActionKind, Role},
};

#[test]
fn the_hub_holds_the_same_roles_as_the_model() {
    let Some(desk) = Desk::open() else { return };
    let listed = |table: &str, what: &str| {
        let sql = format!("select {what} || ' ' || role from hub.{table} order by 1");
        let rows = desk.server.sql(None, &sql).expect("rows");
        let mut rows: Vec<String> = rows.lines().map(Into::into).collect();
        rows.sort();
        rows
    };
    let mut may: Vec<_> = ActionKind::ALL.iter().map(|k| format!("{k} {}", Role::for_action(*k))).collect();
    may.sort();
    assert_eq!(listed("may", "kind"), may);
    let facts = Role::ALL.iter().flat_map(|role| role.facts());
    let mut holds: Vec<_> = facts.map(|f| format!("{f} {}", Role::for_fact(f))).collect();
    holds.sort();
    assert_eq!(listed("holds", "fact"), holds);
    let ranks = "select string_agg(r, ' ' order by hub.rank(r)) from unnest(array['chief','reader','checker','reporter']) r";
    assert_eq!(desk.server.sql(None, ranks), Ok(Role::SLUGS.join(" ")));
}

#[test]
fn writing_the_schema_again_changes_nothing() {
    let Some(mut desk) = Desk::open() else { return };
    let (_, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let marked = desk.server.sql(None, "select obj_description('hub'::regnamespace)").expect("a mark");
    let other = desk.server.founding();
    init(&desk.server.url, &other).expect("another desk beside it");
    assert_eq!(desk.server.sql(None, "select obj_description('hub'::regnamespace)"), Ok(marked));
    assert_eq!(desk.chief.pull().len(), 1);
    assert!(init(&desk.server.url, &other).is_err(), "a desk is begun once");
}

const TABLES: &[&str] = &[
    "desk", "head", "member", "access", "device", "entry", "entry_0", "fact", "fact_15", "redacted", "blob",
    "chunk", "named", "lease", "leased", "number", "present", "may", "holds",
];

#[test]
fn members_reach_no_table() {
    let Some(mut desk) = Desk::open() else { return };
    let ben = desk.member(Role::Reporter);
    for invite in [&desk.chief.invite, &ben.invite] {
        for table in TABLES {
            for sql in [
                format!("select * from hub.{table}"),
                format!("insert into hub.{table} default values"),
                format!("delete from hub.{table}"),
                format!("truncate hub.{table}"),
                format!("update hub.{table} set desk = null"),
                format!("drop table hub.{table}"),
                format!("alter table hub.{table} disable trigger all"),
            ] {
                let told = desk.server.sql(Some(invite), &sql).expect_err("it is refused");
                let known = told.starts_with("42501") || told.starts_with("42703");
                assert!(
                    known && (told.contains("denied") || told.contains("owner") || told.contains("column")),
                    "{sql}: {told}"
                );
            }
        }
    }
}

#[test]
fn members_call_nothing_but_what_desks_need() {
    let Some(desk) = Desk::open() else { return };
    for sql in [
        "select hub.found(gen_random_uuid(), 'x', 'x', 'x')",
        "select hub.create_login('x')",
        "select hub.close_login('postgres')",
        "select hub.forget(gen_random_uuid(), '\\x00')",
        "select hub.sweep(gen_random_uuid(), 1)",
        "set role tickmark_hub",
        "create role mallory",
        "create table public.mine (a int)",
        "create table hub.mine (a int)",
        "create temporary table mine (a int)",
        "select lo_from_bytea(0, '\\x00')",
        "set session_replication_role = replica",
        "select pg_read_file('/etc/passwd')",
        "copy (select 1) to program 'true'",
    ] {
        let told = desk.server.sql(Some(&desk.chief.invite), sql).expect_err("it is refused");
        assert!(told.starts_with("42501"), "{sql}: {told}");
    }
    let callable = "select string_agg(distinct p.proname, ' ' order by p.proname) from pg_proc p \
        where p.pronamespace = 'hub'::regnamespace and has_function_privilege('tickmark_member', p.oid, 'execute')";
    let all =
        "get here invite join lease members numbers proof pull push put recover remove revoke set_role state";
    assert_eq!(desk.server.sql(None, callable).as_deref(), Ok(all));
}

#[test]
fn administrators_change_nothing_that_is_recorded() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let saved = desk.chief.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported, saved]).expect("both are taken");
    desk.chief.hub.lease(Leased::Claim, 1).expect("numbers");
    let d = desk.chief.desk();
    for sql in [
        "update hub.entry set person = gen_random_uuid()",
        "update hub.fact set body = 'x'",
        "update hub.fact set body = null, salt = null",
        "update hub.number set number = 9",
        "update hub.chunk set data = 'x'",
        "delete from hub.entry",
        "delete from hub.fact",
        "delete from hub.number",
        "delete from hub.named",
        "delete from hub.blob",
        "delete from hub.chunk",
        "delete from hub.leased",
    ] {
        let told = desk.server.sql(None, &format!("{sql} where desk = '{d}'")).expect_err("it is refused");
        assert!(told.starts_with("TM013"), "{sql}: {told}");
    }
    for table in TABLES {
        let told = desk.server.sql(None, &format!("truncate hub.{table}")).expect_err("it is refused");
        assert!(told.starts_with("TM013"), "{table}: {told}");
    }
}

#[test]
fn a_function_that_forgot_to_ask_who_calls_would_see_nothing() {
    let Some(mut desk) = Desk::open() else { return };
    let (_, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let count = |setting: String| {
        let sql =
            format!("begin; set local role tickmark_hub; {setting} select count(*) from hub.entry; commit");
        desk.server.sql(None, &sql).expect("a number")
    };
    assert_eq!(count(String::new()), "0");
    assert_eq!(count(format!("set local hub.desk = '{}';", desk.chief.desk())), "1");
}
