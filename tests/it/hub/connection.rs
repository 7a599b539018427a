//! Who may connect, and to whom a desk talks.

use super::desk::{Desk, Server};
use std::{net::TcpListener, thread};
use tickmark::{
    hub::{Host, Hub, HubError, Invite, Postgres},
    model::DeviceId,
};
use uuid::Uuid;

fn asked(invite: Invite) -> Result<i64, HubError> {
    Postgres::new(invite, DeviceId(Uuid::now_v7()))?.state().map(|s| s.head)
}

#[test]
fn a_certificate_by_another_authority_is_refused() {
    let Some(desk) = Desk::open() else { return };
    let invite = &desk.chief.invite;
    assert_eq!(asked(invite.clone()), Ok(0));
    let other = include_str!("other_authority.pem");
    for ca in [Some(other.to_owned()), None] {
        let told = asked(Invite { ca, ..invite.clone() }).unwrap_err();
        assert!(told.is_offline() && told.to_string().contains("certificate"), "{told}");
    }
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let Some(desk) = Desk::open() else { return };
    let invite = &desk.chief.invite;
    let at = |name: &str| vec![Host { name: name.into(), port: invite.hosts[0].port }];
    assert_eq!(asked(Invite { hosts: at("localhost"), ..invite.clone() }), Ok(0));
    let told = asked(Invite { hosts: at("127.0.0.2"), ..invite.clone() }).unwrap_err();
    assert!(told.is_offline(), "{told}");
}

#[test]
fn without_tls_nobody_gets_in() {
    let Some(desk) = Desk::open() else { return };
    let plain = Server { url: desk.server.url.replace("verify-full", "disable"), ..desk.server.clone() };
    let told = plain.sql(Some(&desk.chief.invite), "select 1").unwrap_err();
    assert!(told.contains("no encryption"), "{told}");
    desk.server.sql(Some(&desk.chief.invite), "select 1").expect("with TLS it works");
}

#[test]
fn a_server_that_speaks_no_tls_gets_no_password() {
    let Some(desk) = Desk::open() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = [0; 8];
        stream.read_exact(&mut asked).unwrap();
        stream.write_all(b"N").unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest
    });
    let hosts = vec![Host { name: "127.0.0.1".into(), port }];
    assert!(asked(Invite { hosts, ..desk.chief.invite.clone() }).unwrap_err().is_offline());
    assert_eq!(server.join().unwrap(), b"", "nothing but the question for TLS was sent");
}

#[test]
fn a_wrong_password_is_told_apart_from_no_connection() {
    let Some(desk) = Desk::open() else { return };
    let told = asked(Invite { password: "guess".into(), ..desk.chief.invite.clone() }).unwrap_err();
    assert!(matches!(told, HubError::NotAdmitted(_)), "{told}");
    let told = asked(Invite { database: "none".into(), ..desk.chief.invite.clone() }).unwrap_err();
    assert!(matches!(told, HubError::NotAdmitted(_)), "{told}");
}

#[test]
fn a_machine_that_answers_is_found_among_others_that_do_not() {
    let Some(desk) = Desk::open() else { return };
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let frozen = Host { name: "127.0.0.1".into(), port: silent.local_addr().unwrap().port() };
    let dead = Host { name: "127.0.0.1".into(), port: 1 };
    let invite = &desk.chief.invite;
    let hosts = vec![frozen.clone(), dead.clone(), invite.hosts[0].clone()];
    assert_eq!(asked(Invite { hosts, ..invite.clone() }), Ok(0));
    let told = asked(Invite { hosts: vec![frozen, dead], ..invite.clone() }).unwrap_err();
    assert!(told.is_offline(), "{told}");
}

#[test]
fn after_a_lost_connection_the_next_call_opens_another() {
    let Some(mut desk) = Desk::open() else { return };
    let own = format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '{}'",
        desk.chief.invite.login
    );
    assert_eq!(desk.chief.hub.wait(1), Ok(true));
    desk.server.sql(None, &own).expect("the connection is cut");
    assert!(desk.chief.hub.wait(5000).unwrap_err().is_offline());
    assert_eq!(desk.chief.hub.wait(1), Ok(true), "it listens again, and something may have come");
    desk.server.sql(None, &own).expect("the connection is cut");
    let _ = desk.chief.hub.state();
    assert_eq!(desk.chief.hub.state().map(|s| s.head), Ok(0));
}
