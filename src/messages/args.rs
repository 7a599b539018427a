//! The arguments of a message as a JSON object. They keep their order.

use super::Arg;
use serde::{
    Deserializer, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use std::{borrow::Cow, fmt};

type Args = Vec<(Cow<'static, str>, Arg)>;

pub fn serialize<S: Serializer>(args: &Args, to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(args.len()))?;
    for (name, value) in args {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Args, D::Error> {
    struct Reader;
    impl<'d> Visitor<'d> for Reader {
        type Value = Args;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("the arguments of a message by name")
        }

        fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Args, A::Error> {
            let mut all = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, Arg>()? {
                all.push((Cow::Owned(name), value));
            }
            Ok(all)
        }
    }
    from.deserialize_map(Reader)
}
