//! Plain text: the text is the file.

use crate::decode::decode;
use crate::draft::Draft;
use crate::{Refusal, layout};

pub(crate) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let decoded = decode(bytes, None)?;
    let text = decoded.text.into_owned();
    let blocks = layout::blocks(&text, 0..text.len());
    let notices = decoded.notice.into_iter().collect();
    Ok(Draft { text, blocks, notices, ..Draft::default() })
}
