//! A shared desk on the hub of `TICKMARK_HUB`, its devices, and the entries that they send.

use ed25519_dalek::{Signer, SigningKey};
use std::{
    env, fs,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
};
use tickmark::{
    hub::{
        Founding, Host, Hub, HubError, Invite, Inviting, Joining, Piece, Postgres, Push, Refusal, Taken, init,
    },
    model::{
        Accepted, Action, ActionId, ActionKind, Article, ArticleId, Chain, Claim, ClaimId, DeviceId, Digest,
        Fact, FactId, GivenNumber, Moment, PersonId, Recorded, Revision, RevisionId, Risk, Role, Salt,
        SharedEntry, State, signed_bytes,
    },
};
use uuid::Uuid;

/// The hub that tests may use: its administrator's address, and its authority's certificate.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    pub ca: String,
    pub host: Host,
}

impl Server {
    /// The running hub; `None` and one printed line where there is none.
    pub fn running() -> Option<Self> {
        let Ok(url) = env::var("TICKMARK_HUB") else {
            println!("TICKMARK_HUB names no hub, so this test proves nothing; ./test hub starts one");
            return None;
        };
        let (address, ca) = url.split_once("sslrootcert=").expect("a certificate in TICKMARK_HUB");
        let ca = fs::read_to_string(ca).expect("the certificate of the hub");
        let at = address.rsplit_once('@').expect("an address in TICKMARK_HUB").1;
        let host = Host::parse(at.split('/').next().expect("a host")).expect("a host and port");
        Some(Self { url, ca, host })
    }

    /// What the database says to SQL of an administrator, or of a login. Errors begin with their SQLSTATE.
    pub fn sql(&self, login: Option<&Invite>, sql: &str) -> Result<String, String> {
        let mut psql = Command::new("psql");
        psql.args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-c", sql]);
        let url = match login {
            None => self.url.clone(),
            Some(i) => {
                let at = self.url.rsplit_once('@').expect("an address").1;
                psql.env("PGPASSWORD", &i.password);
                format!("postgres://{}@{at}", i.login)
            }
        };
        let done = psql.arg(url).output().expect("psql runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        match done.status.success() {
            true => Ok(text(&done.stdout)),
            false => Err(text(&done.stderr).replacen("ERROR:  ", "", 1)),
        }
    }

    pub fn founding(&self) -> Founding {
        Founding {
            desk: Uuid::now_v7(),
            name: "The test desk".into(),
            chief: "Ada Long".into(),
            password: "the first password".into(),
            hosts: vec![self.host.clone()],
            database: "postgres".into(),
            ca: Some(self.ca.clone()),
        }
    }
}

/// A shared desk with its chief's device.
pub struct Desk {
    pub server: Server,
    pub chief: Device,
}

/// A device that joined, with the state that a desk's file would have.
pub struct Device {
    pub hub: Postgres,
    pub invite: Invite,
    pub id: DeviceId,
    pub person: PersonId,
    pub key: SigningKey,
    pub epoch: Uuid,
    pub after: i64,
    pub fork: bool,
}

impl Desk {
    /// A new desk that is open; `None` where there is no hub.
    pub fn open() -> Option<Self> {
        let mut desk = Self::founding()?;
        desk.chief.hub.recover(true).expect("the founding ends");
        Some(desk)
    }

    /// A new desk that its chief joined.
    pub fn founding() -> Option<Self> {
        let server = Server::running()?;
        let invite = init(&server.url, &server.founding()).expect("the hub takes a desk");
        Some(Self { server, chief: Device::join(invite, PersonId(Uuid::now_v7())).expect("the chief joins") })
    }

    /// A new member with one device.
    pub fn member(&mut self, role: Role) -> Device {
        let invite = self.invite("Ben Short", role, None);
        Device::join(invite, PersonId(Uuid::now_v7())).expect("the member joins")
    }

    pub fn invite(&mut self, name: &str, role: Role, person: Option<PersonId>) -> Invite {
        let password = format!("a password {}", Uuid::now_v7());
        let inviting = Inviting { name: name.into(), role, person, password: password.clone() };
        let login = self.chief.hub.invite(&inviting).expect("an invite");
        Invite { login, password, ..self.chief.invite.clone() }
    }
}

impl Device {
    /// Joins with an invite, as this person.
    pub fn join(invite: Invite, person: PersonId) -> Result<Self, HubError> {
        let id = DeviceId(Uuid::now_v7());
        let mut hub = Postgres::new(invite.clone(), id)?;
        let key = SigningKey::from_bytes(&Digest::of(id.0.as_bytes()).0);
        let password = format!("own password {id}");
        let own = Invite { password: password.clone(), until: None, ..invite };
        hub.join(&Joining {
            key: key.verifying_key().to_bytes(),
            label: "a laptop".into(),
            person,
            password,
        })?;
        let epoch = hub.state()?.epoch;
        Ok(Self { hub, invite: own, id, person, key, epoch, after: 0, fork: false })
    }

    /// The same device after a restart.
    pub fn again(&self) -> Postgres {
        Postgres::new(self.invite.clone(), self.id).expect("a client")
    }

    pub fn desk(&self) -> Uuid {
        self.invite.desk
    }

    /// An action of this device's person, with its facts.
    pub fn action(&self, kind: ActionKind, chain: Chain, facts: Vec<Fact>) -> SharedEntry {
        self.action_of(self.person, kind, chain, facts)
    }

    pub fn action_of(
        &self,
        person: PersonId,
        kind: ActionKind,
        chain: Chain,
        facts: Vec<Fact>,
    ) -> SharedEntry {
        let id = ActionId(Uuid::now_v7());
        let seal = |fact| Recorded::seal(FactId(Uuid::now_v7()), id, Vec::new(), salt(), fact);
        let facts: Vec<Recorded> = facts.into_iter().map(seal).collect();
        let digests = facts.iter().map(|f| f.digest).collect();
        let action =
            Action { id, kind, person, at: now(), chain, target: None, parents: Vec::new(), facts: digests };
        let entry = SharedEntry {
            action,
            facts,
            secret: Vec::new(),
            with: None,
            brings: Vec::new(),
            numbers: Vec::new(),
            carried: false,
            device: self.id,
            signature: Vec::new(),
        };
        self.signed(entry)
    }

    /// An undo or redo of an entry.
    pub fn about(&self, kind: ActionKind, target: &SharedEntry) -> SharedEntry {
        let mut entry = self.action(kind, target.action.chain, Vec::new());
        entry.action.target = Some(target.action.id);
        self.signed(entry)
    }

    /// Signs the entry as it is now.
    pub fn signed(&self, mut entry: SharedEntry) -> SharedEntry {
        entry.action.facts = entry.facts.iter().map(|f| f.digest).collect();
        let bytes = signed_bytes(self.desk(), &entry.action.digest(), &entry.brings);
        entry.signature = self.key.sign(&bytes).to_bytes().to_vec();
        entry
    }

    /// An article without text.
    pub fn article(&self) -> (ArticleId, SharedEntry) {
        let article = ArticleId(Uuid::now_v7());
        let fact = Fact::Article(Article { article, original: None });
        (article, self.action(ActionKind::Import, Chain::Article(article), vec![fact]))
    }

    /// A claim in an article.
    pub fn mark(&self, article: ArticleId) -> SharedEntry {
        self.action(ActionKind::Mark, Chain::Article(article), vec![claim(article)])
    }

    /// A revision of an article with a text that is sent first.
    pub fn revise(&mut self, article: ArticleId, text: &str) -> SharedEntry {
        let digest = self.upload(text.as_bytes());
        let fact = revision(article, digest, text.len());
        self.action(ActionKind::Revise, Chain::Article(article), vec![fact])
    }

    /// Sends a text or file of one piece.
    pub fn upload(&mut self, bytes: &[u8]) -> Digest {
        let digest = Digest::of(bytes);
        let piece = Piece { digest, total: bytes.len() as u64, n: 0, data: bytes, secret: false };
        self.hub.put(&piece).expect("the bytes are sent");
        digest
    }

    pub fn push(&mut self, entries: &[SharedEntry]) -> Result<Vec<Taken>, HubError> {
        self.hub.push(&Push { epoch: self.epoch, after: self.after, fork: self.fork, entries })
    }

    /// Sends one entry, and expects that it is taken.
    pub fn send(&mut self, entry: &SharedEntry) -> i64 {
        self.push(std::slice::from_ref(entry)).expect("the entry is taken")[0].seq
    }

    /// Everything that is new.
    pub fn pull(&mut self) -> Vec<Accepted> {
        let mut all = Vec::new();
        loop {
            let some = self.hub.pull(self.epoch, self.after, 1000).expect("entries");
            let Some(last) = some.last() else { return all };
            self.after = last.seq;
            all.extend(some);
        }
    }
}

pub fn claim(article: ArticleId) -> Fact {
    Fact::Claim(Claim {
        claim: ClaimId(Uuid::now_v7()),
        article,
        assertion: Some("The bridge was built in 1911.\nIt stands: still.".into()),
        kind: None,
        claimant: None,
        risk: Risk::Normal,
        assignee: None,
        retracted: false,
    })
}

pub fn revision(article: ArticleId, text: Digest, bytes: usize) -> Fact {
    let revision = RevisionId(Uuid::now_v7());
    Fact::Revision(Revision {
        revision,
        article,
        parents: Vec::new(),
        text,
        bytes,
        note: None,
        restores: None,
    })
}

/// Why the hub refused it, and the entry that it named.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, HubError>) -> (Refusal, Option<ActionId>) {
    match outcome.expect_err("the hub refuses it") {
        HubError::Refused { why, entry, .. } => (why, entry),
        other => panic!("it was not refused: {other}"),
    }
}

/// The numbers that the hub gave an entry's things.
pub fn numbers(of: &Accepted) -> Vec<i64> {
    of.entry.numbers.iter().map(|n: &GivenNumber| n.number).collect()
}

/// Whether each fact is readable.
pub fn readable(of: &Accepted) -> Vec<bool> {
    of.entry.facts.iter().map(|f| f.state != State::Closed).collect()
}

pub fn salt() -> Salt {
    Salt(Digest::of(Uuid::now_v7().as_bytes()).0)
}

/// A moment that goes on with each call.
pub fn now() -> Moment {
    static TICKS: AtomicU64 = AtomicU64::new(0);
    Moment(1_790_000_000_000 + TICKS.fetch_add(1, Ordering::Relaxed) as i64)
}
