//! temp
use onrecord_intake::*;
fn main() {
    let t = std::time::Instant::now();
    let intake = Intake::new().unwrap();
    eprintln!("new {:?}", t.elapsed());
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        for unit in units(&path, &bytes) {
            let t = std::time::Instant::now();
            match intake.read(&unit, &Options::default()) {
                Err(e) => println!("{}: {} {e} ({:?})", unit.name, e.kind(), t.elapsed()),
                Ok(d) => {
                    let e = t.elapsed();
                    let r = &d.record;
                    println!("=== {} {e:?}\n title={:?} byline={:?} agency={:?} outlet={:?} url={:?}\n published={:?} dateline={:?} lang={} notices={:?}", unit.name, r.title, r.byline, r.agency, r.outlet, r.url, r.published, r.dateline, r.language, r.notices);
                    for (i, b) in d.blocks.iter().enumerate() {
                        let w = b.extent.of(&r.text).unwrap();
                        let s: String = w.chars().take(100).collect();
                        let o = r.origins.iter().find(|o| o.start <= b.extent.start && b.extent.end <= o.end).map(|o| o.path.as_str()).unwrap_or("");
                        println!("  {i:3} {:10} {s:?} {} {o}", format!("{:?}", b.kind), w.chars().count());
                    }
                }
            }
        }
    }
}
