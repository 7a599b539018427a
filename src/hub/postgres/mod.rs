//! The hub in a PostgreSQL database. Each call is one function of the schema `hub`, which does all of it in one transaction
//! and checks all of it (`sql/`). A call that fails or takes too long ends the connection; the next one opens another.

mod administration;
mod connect;
mod error;
mod json;
mod setup;
mod worker;

pub use administration::{HostedDesk, close_desk, delete_desk, hosted_desks, open_desk};
pub use setup::{Founding, database_in, init};

use super::{
    Hub, HubError, HubState, Invite, Inviting, Joining, Leased, Member, Piece, Present, Push, Refusal, Taken,
};
use crate::{
    messages::message,
    model::{Accepted, ActionId, ArticleId, DeviceId, Digest, Moment, PersonId, Role},
};
use connect::Link;
use error::unread;
use json::Pulled;
use std::time::Duration;
use tokio_postgres::{
    Config, Row,
    types::{FromSql, ToSql, Type},
};
use uuid::Uuid;
use worker::Worker;

/// How long a call may take, with connecting if it has to.
const LONGEST: Duration = Duration::from_secs(5);

/// A parameter of a call and its type.
type Param<'p> = (&'p (dyn ToSql + Sync), Type);

/// A shared desk in a PostgreSQL database, as one device reaches it. It connects at the first call.
pub struct Postgres {
    worker: Worker,
    invite: Invite,
    /// The password that the hub may have set: a join was sent, and its answer did not come.
    unconfirmed: Option<String>,
    device: DeviceId,
    link: Option<Link>,
}

impl Postgres {
    /// The shared desk of `invite`, for this device. Nothing is sent yet.
    pub fn new(invite: Invite, device: DeviceId) -> Result<Self, HubError> {
        Ok(Self { worker: Worker::new()?, invite, unconfirmed: None, device, link: None })
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, HubError> {
        let Self { worker, invite, unconfirmed, link, .. } = self;
        let call = async {
            let open = connected(link, invite, unconfirmed).await?;
            open.client.query_typed(sql, params).await.map_err(error::of)
        };
        let answer = worker.call(LONGEST, call);
        if answer.as_ref().is_err_and(|e| e.refusal().is_none()) {
            self.link = None;
        }
        answer
    }

    /// The first column of the only row.
    fn one<T: for<'a> FromSql<'a>>(&mut self, sql: &str, params: &[Param]) -> Result<T, HubError> {
        let rows = self.query(sql, params)?;
        at(rows.first().ok_or_else(|| unread("it has no row"))?, 0)
    }
}

fn login(invite: &Invite, password: &str) -> Config {
    let mut config = Config::new();
    config.user(&invite.login).password(password).dbname(&invite.database);
    config
}

/// The open connection, or a new one. Where the answer to a join was lost, either password may be the right one.
async fn connected<'l>(
    link: &'l mut Option<Link>,
    invite: &mut Invite,
    unconfirmed: &mut Option<String>,
) -> Result<&'l mut Link, HubError> {
    if link.as_ref().is_none_or(|l| l.client.is_closed()) {
        let open = async |password: &str| {
            connect::link(&invite.hosts, &login(invite, password), invite.ca.as_deref()).await
        };
        let mut opened = open(&invite.password).await;
        if let (Err(HubError::NotAdmitted(_)), Some(other)) = (&opened, &*unconfirmed) {
            opened = open(other).await;
            if opened.is_ok() {
                invite.password.clone_from(other);
            }
        }
        *link = Some(opened?);
    }
    link.as_mut().ok_or_else(|| HubError::Unreachable(message!("hub_no_connection")))
}

fn at<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T, HubError> {
    row.try_get(column).map_err(unread)
}

fn count<T: TryFrom<i64>>(number: i64) -> Result<T, HubError> {
    T::try_from(number).map_err(|_| unread(format!("{number} is out of range")))
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// What the database keeps of a password: nothing from which it could be read.
fn verifier(password: &str) -> String {
    postgres_protocol::password::scram_sha_256(password.as_bytes())
}

impl Hub for Postgres {
    fn state(&mut self) -> Result<HubState, HubError> {
        let desk = self.invite.desk;
        json::state(&self.one::<String>("select hub.state($1)::text", &[(&desk, Type::UUID)])?)
    }

    fn proof(&mut self, seq: i64) -> Result<Option<Digest>, HubError> {
        let desk = self.invite.desk;
        let told: Option<String> =
            self.one("select hub.proof($1, $2)", &[(&desk, Type::UUID), (&seq, Type::INT8)])?;
        told.map(|t| t.parse().map_err(unread)).transpose()
    }

    fn numbers(&mut self, seq: i64) -> Result<Digest, HubError> {
        let desk = self.invite.desk;
        let told: String =
            self.one("select hub.numbers($1, $2)", &[(&desk, Type::UUID), (&seq, Type::INT8)])?;
        told.parse().map_err(unread)
    }

    fn push(&mut self, push: &Push) -> Result<Vec<Taken>, HubError> {
        let (desk, entries) = (self.invite.desk, json::entries(push.entries));
        let sql = "select o_id, o_seq, o_dup from hub.push($1, $2, $3, $4, $5, $6::text::jsonb)";
        let params: &[Param] = &[
            (&desk, Type::UUID),
            (&self.device.0.clone(), Type::UUID),
            (&push.epoch, Type::UUID),
            (&push.after, Type::INT8),
            (&push.fork, Type::BOOL),
            (&entries, Type::TEXT),
        ];
        let taken = |r: &Row| Ok(Taken { action: ActionId(at(r, 0)?), seq: at(r, 1)?, dup: at(r, 2)? });
        self.query(sql, params)?.iter().map(taken).collect()
    }

    fn pull(&mut self, epoch: Uuid, after: i64, most: u32) -> Result<Vec<Accepted>, HubError> {
        let (desk, most) = (self.invite.desk, small(most));
        let sql = "select seq, canonical, brings, leader, login, device, carried, signature, rolling, at, facts::text, \
            numbers::text from hub.pull($1, $2, $3, $4)";
        let params: &[Param] =
            &[(&desk, Type::UUID), (&epoch, Type::UUID), (&after, Type::INT8), (&most, Type::INT4)];
        self.query(sql, params)?.iter().map(accepted).collect()
    }

    fn lease(&mut self, kind: Leased, n: u32) -> Result<i64, HubError> {
        let (desk, n) = (self.invite.desk, small(n));
        let params: &[Param] = &[(&desk, Type::UUID), (&kind.as_str(), Type::TEXT), (&n, Type::INT4)];
        self.one("select hub.lease($1, $2, $3)", params)
    }

    fn put(&mut self, piece: &Piece) -> Result<u32, HubError> {
        let total = i64::try_from(piece.total).unwrap_or(i64::MAX);
        let params: &[Param] = &[
            (&self.invite.desk.clone(), Type::UUID),
            (&piece.digest.0.as_slice(), Type::BYTEA),
            (&total, Type::INT8),
            (&small(piece.n), Type::INT4),
            (&piece.data, Type::BYTEA),
            (&piece.secret, Type::BOOL),
        ];
        let held: i32 = self.one("select hub.put($1, $2, $3, $4, $5, $6)", params)?;
        if held == 0 && !piece.data.is_empty() {
            let said = format!("the bytes are not those of the digest {}", piece.digest);
            return Err(HubError::Refused { why: Refusal::Malformed, entry: None, said });
        }
        count(held.into())
    }

    fn get(&mut self, digest: &Digest, n: u32) -> Result<Option<Vec<u8>>, HubError> {
        let (desk, n) = (self.invite.desk, small(n));
        let params: &[Param] = &[(&desk, Type::UUID), (&digest.0.as_slice(), Type::BYTEA), (&n, Type::INT4)];
        self.one("select hub.get($1, $2, $3)", params)
    }

    fn here(&mut self, article: Option<ArticleId>) -> Result<Vec<Present>, HubError> {
        let (desk, device, article) = (self.invite.desk, self.device.0, article.map(|a| a.0));
        let params: &[Param] = &[(&desk, Type::UUID), (&device, Type::UUID), (&article, Type::UUID)];
        let present = |r: &Row| {
            let person = at::<Option<Uuid>>(r, 1)?.map(PersonId);
            Ok(Present { login: at(r, 0)?, person, article: ArticleId(at(r, 2)?), at: Moment(at(r, 3)?) })
        };
        self.query("select * from hub.here($1, $2, $3)", params)?.iter().map(present).collect()
    }

    fn join(&mut self, joining: &Joining) -> Result<(), HubError> {
        let (desk, device, verifier) = (self.invite.desk, self.device.0, verifier(&joining.password));
        let params: &[Param] = &[
            (&desk, Type::UUID),
            (&device, Type::UUID),
            (&joining.key.as_slice(), Type::BYTEA),
            (&joining.label, Type::TEXT),
            (&joining.person.0, Type::UUID),
            (&verifier, Type::TEXT),
        ];
        self.unconfirmed = Some(joining.password.clone());
        self.query("select hub.join($1, $2, $3, $4, $5, $6)", params)?;
        self.unconfirmed = None;
        self.invite.password.clone_from(&joining.password);
        Ok(())
    }

    fn members(&mut self) -> Result<Vec<Member>, HubError> {
        let desk = self.invite.desk;
        let sql = "select login, person, name, role, removed, devices::text from hub.members($1)";
        self.query(sql, &[(&desk, Type::UUID)])?.iter().map(member).collect()
    }

    fn invite(&mut self, inviting: &Inviting) -> Result<String, HubError> {
        let (desk, verifier) = (self.invite.desk, verifier(&inviting.password));
        let params: &[Param] = &[
            (&desk, Type::UUID),
            (&inviting.name, Type::TEXT),
            (&inviting.role.as_str(), Type::TEXT),
            (&verifier, Type::TEXT),
            (&inviting.person.map(|p| p.0), Type::UUID),
        ];
        self.one("select hub.invite($1, $2, $3, $4, $5)", params)
    }

    fn set_role(&mut self, login: &str, role: Role) -> Result<(), HubError> {
        let desk = self.invite.desk;
        let params: &[Param] = &[(&desk, Type::UUID), (&login, Type::TEXT), (&role.as_str(), Type::TEXT)];
        self.query("select hub.set_role($1, $2, $3)", params).map(drop)
    }

    fn remove(&mut self, login: &str) -> Result<(), HubError> {
        let desk = self.invite.desk;
        self.query("select hub.remove($1, $2)", &[(&desk, Type::UUID), (&login, Type::TEXT)]).map(drop)
    }

    fn revoke(&mut self, device: DeviceId) -> Result<(), HubError> {
        let desk = self.invite.desk;
        self.query("select hub.revoke($1, $2)", &[(&desk, Type::UUID), (&device.0, Type::UUID)]).map(drop)
    }

    fn recover(&mut self, done: bool) -> Result<(), HubError> {
        let desk = self.invite.desk;
        self.query("select hub.recover($1, $2)", &[(&desk, Type::UUID), (&done, Type::BOOL)]).map(drop)
    }

    /// The first call on a connection begins to listen, and returns that there may be something.
    fn wait(&mut self, millis: u64) -> Result<bool, HubError> {
        if !self.link.as_ref().is_some_and(|l| l.listens && !l.client.is_closed()) {
            let channel = format!("listen tm_{}", self.invite.desk.simple());
            self.query(&channel, &[])?;
            self.link.iter_mut().for_each(|l| l.listens = true);
            return Ok(true);
        }
        let own = self.device.to_string();
        let Self { worker, link: Some(link), .. } = self else { return Ok(true) };
        let heard = async {
            while let Some(from) = link.notices.recv().await {
                if from != own {
                    // All that wait lead to one pull.
                    while link.notices.try_recv().is_ok() {}
                    return true;
                }
            }
            false
        };
        match worker.wait(Duration::from_millis(millis), heard) {
            Some(true) => Ok(true),
            Some(false) => {
                self.link = None;
                Err(HubError::Unreachable(message!("hub_closed")))
            }
            None => Ok(false),
        }
    }
}

fn accepted(row: &Row) -> Result<Accepted, HubError> {
    let pulled = Pulled {
        seq: at(row, 0)?,
        canonical: at(row, 1)?,
        brings: at(row, 2)?,
        leader: at(row, 3)?,
        login: at(row, 4)?,
        device: at(row, 5)?,
        carried: at(row, 6)?,
        signature: at(row, 7)?,
        rolling: at(row, 8)?,
        at: at(row, 9)?,
    };
    json::accepted(pulled, at(row, 10)?, at(row, 11)?)
}

fn member(row: &Row) -> Result<Member, HubError> {
    Ok(Member {
        login: at(row, 0)?,
        person: at::<Option<Uuid>>(row, 1)?.map(PersonId),
        name: at(row, 2)?,
        role: at::<String>(row, 3)?.parse().map_err(unread)?,
        removed: at::<Option<i64>>(row, 4)?.map(Moment),
        devices: json::devices(at(row, 5)?)?,
    })
}
