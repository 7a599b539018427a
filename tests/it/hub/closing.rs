//! Shared desks that their administrator closes, opens again and deletes.

use super::desk::{Desk, Server, refused};
use crate::support::Place;
use serde_json::{Value, json};
use tickmark::{
    hub::{
        Hub, HubError, HubStanding, Inviting, Leased, Piece, Refusal, close_desk, delete_desk, hosted_desks,
        open_desk,
    },
    model::{Digest, Role},
};

impl Desk {
    fn administered(
        &self,
        work: fn(&str, Option<&str>, uuid::Uuid) -> Result<(), HubError>,
    ) -> Result<(), HubError> {
        work(&self.server.url, Some(&self.server.ca), self.chief.desk())
    }

    fn standing(&mut self) -> HubStanding {
        self.chief.hub.state().expect("a state").standing
    }
}

#[test]
fn a_closed_desk_takes_nothing_and_is_read_as_before() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Checker);
    let (article, imported) = desk.chief.article();
    let saved = desk.chief.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported, saved]).expect("both are taken");
    let before = desk.standing();
    desk.administered(close_desk).expect("it is closed");
    desk.administered(close_desk).expect("and stays so");

    assert_eq!(desk.standing(), HubStanding::Closed);
    assert_eq!(ben.pull().len(), 2);
    assert!(ben.hub.get(&Digest::of(b"The bridge at Karsk"), 0).unwrap().is_some());
    let mark = ben.mark(article);
    assert_eq!(refused(ben.push(std::slice::from_ref(&mark))).0, Refusal::Role);
    let piece = Piece { digest: Digest::of(b"x"), total: 1, n: 0, data: b"x", secret: false };
    assert_eq!(refused(ben.hub.put(&piece)).0, Refusal::Role);
    assert_eq!(refused(ben.hub.lease(Leased::Claim, 1)).0, Refusal::Role);
    let inviting =
        Inviting { name: "Cleo Wide".into(), role: Role::Reader, person: None, password: "x".into() };
    assert_eq!(refused(desk.chief.hub.invite(&inviting)).0, Refusal::Role);
    assert_eq!(refused(desk.chief.hub.recover(true)).0, Refusal::Role, "no chief opens it");

    desk.administered(open_desk).expect("it is open again");
    assert_eq!(desk.standing(), before);
    ben.send(&mark);
}

#[test]
fn only_a_closed_desk_is_deleted_and_nothing_of_it_is_left() {
    let Some(mut desk) = Desk::open() else { return };
    let (mut other, mut ben) = (Desk::open().expect("another desk"), desk.member(Role::Checker));
    for d in [&mut desk, &mut other] {
        let (article, imported) = d.chief.article();
        let saved = d.chief.revise(article, "The bridge at Karsk");
        d.chief.push(&[imported, saved]).expect("both are taken");
        d.chief.hub.lease(Leased::Claim, 1).expect("numbers");
        d.chief.hub.here(Some(article)).expect("the chief is there");
    }
    assert_eq!(refused(desk.administered(delete_desk)).0, Refusal::Role);
    let id = desk.chief.desk();
    let by_hand = format!("set hub.deletes = '{id}'; delete from hub.entry where desk = '{id}'");
    assert!(desk.server.sql(None, &by_hand).is_err(), "an open desk is not emptied by hand either");
    desk.administered(close_desk).expect("it is closed");
    desk.administered(delete_desk).expect("it is deleted");

    let tables = "select string_agg(c.relname, ' ') from pg_class c join pg_attribute a on a.attrelid = c.oid \
        where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'desk'";
    let tables = desk.server.sql(None, tables).expect("the tables");
    let rows = |of: &Desk, table: &str| {
        of.server.sql(None, &format!("select count(*) from hub.{table} where desk = '{}'", of.chief.desk()))
    };
    for table in tables.split(' ') {
        assert_eq!(rows(&desk, table).as_deref(), Ok("0"), "{table}");
        assert!(table == "redacted" || rows(&other, table).as_deref() != Ok("0"), "{table} of another desk");
    }
    for login in [&desk.chief.invite.login, &ben.invite.login] {
        let there = format!("select count(*) from pg_roles where rolname = '{login}'");
        assert_eq!(desk.server.sql(None, &there).as_deref(), Ok("0"));
    }
    assert!(ben.hub.state().is_err(), "on the connection that was open");
    assert!(matches!(ben.again().state(), Err(HubError::NotAdmitted(_))));
    assert_eq!(other.chief.pull().len(), 2);
}

#[test]
fn the_desks_are_listed_while_others_are_deleted() {
    let Some(kept) = Desk::open() else { return };
    let deleting = std::thread::spawn(|| {
        for _ in 0..8 {
            let desk = Desk::open().expect("another desk");
            desk.administered(close_desk).expect("it is closed");
            desk.administered(delete_desk).expect("it is deleted");
        }
    });
    while !deleting.is_finished() {
        let (all, _) = hosted_desks(&kept.server.url, Some(&kept.server.ca)).expect("the desks");
        assert!(all.iter().any(|d| d.desk == kept.chief.desk()));
    }
    deleting.join().expect("all are deleted");
}

/// Runs a command of the administrator: its answer, or why it failed.
fn administrator(place: &Place, server: &Server, args: &[&str]) -> Result<Value, String> {
    let ca = place.file("ca.pem", &server.ca);
    let done = place.run(&[&["--json"], args, &["--url", &server.url, "--ca", &ca]].concat());
    match done.status.success() {
        true => Ok(serde_json::from_slice(&done.stdout).expect("JSON")),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

#[test]
fn the_administrator_closes_and_deletes_by_name_and_says_it_twice() {
    let Some(mut desk) = Desk::open() else { return };
    let (place, id, server) = (Place::new(), desk.chief.desk().to_string(), desk.server.clone());
    let name = format!("Desk {id}");
    let rename = format!("update hub.desk set name = '{name}' where desk = '{id}'");
    server.sql(None, &rename).expect("a name of its own");
    let (_, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let run = |args: &[&str]| administrator(&place, &server, args);

    assert!(run(&["hub", "close", "No such desk"]).unwrap_err().contains("hub status --url"));
    assert!(run(&["hub", "delete", &name, "--yes", &name]).unwrap_err().contains("not closed"));
    let closed = json!({ "desk": id, "name": name, "state": "closed" });
    assert_eq!(run(&["hub", "close", &name]), Ok(closed));
    assert_eq!(desk.standing(), HubStanding::Closed);
    assert_eq!(run(&["hub", "open", &id]).unwrap()["state"], "open");
    run(&["hub", "close", &id]).expect("closed again");

    assert!(run(&["hub", "delete", &name]).unwrap_err().contains("--yes"), "there is no terminal");
    assert!(run(&["hub", "delete", &name, "--yes", "another"]).unwrap_err().contains("nothing was deleted"));
    let deleted = run(&["hub", "delete", &name, "--yes", &name]).expect("it is deleted");
    assert_eq!((&deleted["head"], &deleted["members"]), (&json!(1), &json!(1)));
    assert!(run(&["hub", "delete", &id, "--yes", &name]).unwrap_err().contains("no shared desk"));
}
