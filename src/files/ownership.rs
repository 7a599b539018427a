//! Detects folders that are shared: a program syncs them, or they are on another computer's disk.

use std::path::Path;

/// What shares a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedBy {
    /// A program that syncs it.
    Sync,
    /// A network.
    Network,
}

/// The names of folders that are synced.
const SYNC_FOLDERS: [&str; 14] = [
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "My Drive",
    "iCloud Drive",
    "Mobile Documents",
    "CloudStorage",
    "Nextcloud",
    "ownCloud",
    "pCloudDrive",
    "MEGA",
    "Box",
    "Yandex.Disk",
];
/// The names of files that such programs create in their folders.
const SYNC_FILES: [&str; 5] = [".stfolder", ".dropbox", ".sync", ".nextcloudsync.log", ".owncloudsync.log"];

/// What shares the folder of a path, as far as folder names, files in them and the system show.
pub fn shared_by(path: &Path) -> Option<SharedBy> {
    let path = super::real_place(path);
    let mut folders = path.ancestors().skip(1);
    match folders.any(is_synced) {
        true => Some(SharedBy::Sync),
        false => on_network(super::folder_of(&path)).then_some(SharedBy::Network),
    }
}

fn is_synced(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    SYNC_FOLDERS.contains(&name)
        || name.starts_with("OneDrive - ")
        || SYNC_FILES.iter().any(|mark| folder.join(mark).exists())
}

/// The numbers of network file systems, from Linux's magic.h and the file systems themselves: NFS, SMB, CIFS, SMB2, AFS,
/// Coda, Ceph, 9P.
#[cfg(target_os = "linux")]
const NETWORK_FILE_SYSTEMS: [u32; 8] =
    [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x5346_414f, 0x7375_7245, 0x00c3_6400, 0x0102_1997];

#[cfg(target_os = "linux")]
fn on_network(folder: &Path) -> bool {
    rustix::fs::statfs(folder).is_ok_and(|stats| NETWORK_FILE_SYSTEMS.contains(&(stats.f_type as u32)))
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
fn on_network(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synced_folder_is_recognized_by_its_name_or_by_files_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let desk = |below: &str| {
            let place = folder.path().join(below);
            std::fs::create_dir_all(&place).unwrap();
            place.join("a.desk")
        };
        assert_eq!(shared_by(&desk("plain/Dropbox notes")), None);
        for below in ["Dropbox/work", "OneDrive - Gazette", "x/Mobile Documents/y"] {
            assert_eq!(shared_by(&desk(below)), Some(SharedBy::Sync), "{below}");
        }
        let marked = desk("shared/work");
        std::fs::create_dir(folder.path().join("shared/.stfolder")).unwrap();
        assert_eq!(shared_by(&marked), Some(SharedBy::Sync));
    }
}
