//! The shared desk.

use super::{DecisionDto, crossing};
use crate::messages::Message;

crossing! {
    /// How this desk stands to the shared desk. Without one, `state` is `off` and all else is empty.
    #[derive(Default)]
    pub struct HubDto {
        #[cfg_attr(test, ts(type = "SyncState"))]
        pub state: String,
        /// The name of the shared desk.
        pub name: String,
        /// The role of the person who works.
        #[cfg_attr(test, ts(type = "Role | null"))]
        pub role: Option<String>,
        /// Since when it is so.
        pub since: Option<String>,
        /// Why, if something went wrong, in English.
        pub why: Option<String>,
        /// The same as a message.
        pub why_message: Option<Message>,
        /// How many actions wait to be sent.
        pub waiting: i64,
        /// How many entries of the shared desk are here, and how many the hub has.
        pub cursor: i64,
        pub head: i64,
        /// What is only on the shared desk.
        pub remote: RemoteFilesDto,
        /// What the hub refused.
        pub refused: Vec<RefusedDto>,
        /// What this desk does not take, with the reason.
        pub skipped: Vec<RefusedDto>,
        /// Who else has which article open.
        pub present: Vec<PresentDto>,
    }

    /// How many files are only on the shared desk, and their bytes, as far as they are known.
    #[derive(Default)]
    pub struct RemoteFilesDto { pub files: u64, pub bytes: u64 }

    /// Leaves the shared desk. Refused while files are only there, unless it may leave without them.
    pub struct LeaveRequest {
        #[serde(default)]
        pub without_files: bool,
    }

    /// Something that was refused or skipped.
    pub struct RefusedDto {
        pub what: String,
        /// Why, in English.
        pub why: String,
        /// The same as a message.
        pub message: Message,
        /// The hub's own words, in English, if it has any: for administrators.
        pub said: Option<String>,
    }

    /// Somebody who has an article open.
    pub struct PresentDto { pub name: String, pub initials: String, pub article: String }

    /// Joins a shared desk with the text of an invite. With the path of an older desk, as the person who worked there.
    pub struct JoinSharedRequest {
        pub invite: String,
        pub label: String,
        #[serde(default)]
        pub older: Option<String>,
    }

    /// What came of another desk's articles.
    pub struct BroughtDto {
        /// How many are here now, and were not before or had less.
        pub articles: usize,
        /// How many uses of withheld sources came as digests.
        pub withheld: usize,
        /// What did not come in, by its headline.
        pub left_out: Vec<RefusedDto>,
        /// Whether a person stopped it.
        pub stopped: bool,
        pub hub: HubDto,
    }

    /// Invites somebody, or another device of a member, and writes the invite to `path`.
    pub struct InviteRequest {
        pub name: String,
        #[cfg_attr(test, ts(type = "Role"))]
        pub role: String,
        pub path: String,
        /// Whether a file that is there is replaced.
        #[serde(default)]
        pub replace: bool,
    }

    /// Names a member by their login.
    pub struct MemberRequest { pub login: String }

    /// Gives a member another role.
    pub struct RoleRequest {
        pub login: String,
        #[cfg_attr(test, ts(type = "Role"))]
        pub role: String,
    }

    /// Names a device.
    pub struct DeviceRequest { pub device: String }

    /// A member of the shared desk.
    pub struct MemberDto {
        pub login: String,
        pub name: String,
        #[cfg_attr(test, ts(type = "Role"))]
        pub role: String,
        pub removed: bool,
        /// The person; none before the first device joined.
        pub person: Option<String>,
        /// Whether this is the person who works.
        pub me: bool,
        pub devices: Vec<DeviceDto>,
    }

    /// A device of a member.
    pub struct DeviceDto { pub device: String, pub label: String, pub revoked: bool }

    /// Hands everything that is assigned to one person over to another.
    pub struct HandOverRequest { pub from: String, pub to: String }

    /// How many claims and articles were handed over.
    pub struct HandedOverDto { pub claims: usize, pub articles: usize }

    /// How much the hub has.
    pub struct HubSizeDto {
        /// How many entries.
        pub entries: i64,
        /// Bytes of texts and files, and how many it takes.
        pub used: u64,
        pub quota: u64,
    }

    /// Something that concerns the person who works.
    pub struct NewsDto {
        #[cfg_attr(test, ts(type = "NewsKind"))]
        pub kind: String,
        /// Who did it, and when.
        pub by: String,
        pub at: String,
        pub article: String,
        pub headline: String,
        pub claim: Option<String>,
        /// The words of the claim, or the question.
        pub words: Option<String>,
    }

    /// Says which article is open in the window, if any.
    pub struct HereRequest { pub article: Option<String> }

    /// Names a version of an article that is not the newest.
    pub struct VersionRequest { pub article: String, pub other: String }

    /// Merges the newest version, as it was shown, with another one. One decision for each conflict, in order.
    pub struct MergeVersionRequest {
        pub article: String,
        pub other: String,
        pub newest: String,
        pub decisions: Vec<DecisionDto>,
    }
}
