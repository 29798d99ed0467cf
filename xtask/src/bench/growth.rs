//! How the cost of reading grows: ordinary and hostile texts, each as one document, ever twice as long.

use super::float;
use crate::Outcome;
use crate::measure::Cost;

/// By how much the cost may grow where a text is twice as long.
const MOST: f64 = 3.0;
/// Costs below it are too small to be told apart.
const SECONDS_JUDGED: f64 = 0.1;
/// How long the texts are, in bytes.
const SIZES: [usize; 4] = [128 << 10, 256 << 10, 512 << 10, 1 << 20];

/// Texts that repeat a piece: who denies what, what has no end, what contradicts itself.
const HOSTILE: [(&str, &str); 8] = [
    ("one quotation", "The bridge was shut and nobody came. "),
    ("one sentence", "the ministry said the army killed 12 people and "),
    ("claims in claims", "Ada Lund said that Bo Tarn claimed that "),
    ("denied denials", "The ministry denied that the army denied the accusation. "),
    ("figures", "Of the 12 dead, 40 were children. Of the 40, 12 were dead on Monday. "),
    (
        "one warrant",
        "The prosecutor applied for an arrest warrant for Ravik Soln on May 4, 2025. \
         The prosecutor withdrew the warrant for Ravik Soln on May 2, 2024. ",
    ),
    (
        "charges",
        "The union accused the army of genocide and of torture in Kesh. The army denied it. ",
    ),
    ("quotes", "“No,” she said. “Yes,” he said, “"),
];

/// A text of so many bytes, at least.
type Text<'t> = Box<dyn Fn(usize) -> String + 't>;

/// Prints what each text costs at its longest, and by how much that grew at most as it doubled.
///
/// # Errors
/// Where a cost more than triples as the text doubles; tells each.
pub(super) fn run(ordinary: &str, read: impl Fn(&str) -> Outcome<Cost>) -> Outcome<()> {
    let repeated = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len() + 1);
    let mut texts: Vec<(&str, Text<'_>)> = vec![
        ("the corpus", Box::new(move |bytes| repeated(ordinary, bytes))),
        ("many people", Box::new(|bytes| people(bytes, " said so.\n\n"))),
        ("a list of accused", Box::new(|bytes| people(bytes, ", "))),
    ];
    for (name, piece) in HOSTILE {
        texts.push((
            name,
            Box::new(move |bytes| {
                let open = if name == "one quotation" { "“" } else { "" };
                format!("{open}{}", repeated(piece, bytes))
            }),
        ));
    }
    println!("\none document             KiB     cpu s   most growth as it doubles");
    let mut wrong = Vec::new();
    for (name, text) in texts {
        let costs = SIZES.map(|bytes| read(&text(bytes)).map(|cost| cost.cpu.as_secs_f64()));
        let costs = costs.into_iter().collect::<Outcome<Vec<f64>>>()?;
        let growth = worst(&costs);
        let longest = costs.last().copied().unwrap_or_default();
        let kib = float(SIZES[SIZES.len() - 1]) / 1024.0;
        println!("{name:<20} {kib:>7.0} {longest:>9.2}   {growth:>6.2}");
        if growth > MOST {
            wrong.push(format!("{name}: reading costs {growth:.1} times as much as it doubles"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The most by which a cost grows from one to the next, of those that are large enough.
fn worst(costs: &[f64]) -> f64 {
    let steps = costs.iter().zip(&costs[1..]).filter(|(_, next)| **next >= SECONDS_JUDGED);
    steps.map(|(one, next)| next / one.max(SECONDS_JUDGED / 2.0)).fold(1.0, f64::max)
}

/// People of whom no two have the same name, each with what follows, behind who accuses them.
fn people(bytes: usize, follows: &str) -> String {
    const PARTS: [&str; 10] = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
    let mut text = String::from("The union accused ");
    let mut turn = 0_usize;
    while text.len() < bytes {
        let part = |place: u32| PARTS[turn / 10_usize.pow(place) % 10];
        text.push_str(&format!(
            "Tavo B{}{}{}{}{}{follows}",
            part(0),
            part(1),
            part(2),
            part(3),
            part(4)
        ));
        turn += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_of_costs_that_can_be_told_apart() {
        assert!((worst(&[0.2, 0.4, 0.9, 1.8]) - 2.25).abs() < 1e-9);
        assert!((worst(&[0.001, 0.04, 0.09]) - 1.0).abs() < 1e-9);
        assert!((worst(&[0.001, 0.2]) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn a_cost_that_grows_with_the_square_is_told() {
        let squared = |text: &str| {
            let cpu = std::time::Duration::from_secs_f64((float(text.len()) / 1e5).powi(2));
            Ok(Cost { cpu, wall: cpu, peak_kib: 1 })
        };
        let says = run("The port was shut. ", squared).unwrap_err();
        assert!(says.contains("many people: reading costs 4.0"), "{says}");
        assert_eq!(says.lines().count(), HOSTILE.len() + 3);
        assert_eq!(people(40, ", "), "The union accused Tavo Bbababababa, Tavo Bdebabababa, ");
    }
}
