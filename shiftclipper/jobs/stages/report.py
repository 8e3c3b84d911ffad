"""Stages `report` and `results`: the page for people, and the files for other programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import Artifact, describe_artifact, write_json, write_manifest
from shiftclipper.export.report import ACCEPTED, FOUND, SET, Report, ReportPlayer, ReportShift
from shiftclipper.export.report_page import render_report
from shiftclipper.export.report_tables import report_csv, report_json
from shiftclipper.export.shifts_csv import ShiftRow as CsvRow
from shiftclipper.export.shifts_csv import write_shifts
from shiftclipper.export.written import write_bytes, write_text
from shiftclipper.jobs.clip_plans import file_label, game_date
from shiftclipper.jobs.exchange import write_for_programs
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_remarks import sentence, told_in
from shiftclipper.jobs.results import results_document, shown_shifts
from shiftclipper.jobs.rows import ArtifactRow, JobResults, JobStatus, PlayerRow, ShiftRow
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.thumbnails import moments_of, thumbnails_of

VERSION = 2
REPORT_FILES = {
    "report": "report.html",
    "report_pdf": "report.pdf",
    "report_csv": "report.csv",
    "report_json": "report.json",
    "shifts": "shifts.csv",
}
"""Files of the report by their type among the artifacts."""
PROGRAM_FOLDER = "files"
"""Beside the report: what other programs open."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Writes the report as page, PDF, table and JSON, shifts.csv, and the files for other programs."""

    name: str = "report"
    weight: float = 1.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on everything that stands in the report."""
        found = context.store.results(context.job_id)
        settings = found.setup.settings
        return fingerprint(
            VERSION,
            str(context.out_dir),
            [found.job.title, game_date(found)],
            [[row.name, row.number, row.jersey_color] for row in found.players],
            [_fingerprint_of(shift) for shift in found.shifts],
            [[str(clip.path), clip.shift_id] for clip in found.clips],
            [str(artifact.path) for artifact in found.artifacts if artifact.type == "reel"],
            list(found.setup.periods),
            [settings.files, settings.pre_roll, settings.post_roll],
            context.stage_hash("ingest"),
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether all files are there."""
        made = [row.path for row in context.store.artifacts(context.job_id) if row.fingerprint == self.name]
        paths = [context.out_dir / name for name in REPORT_FILES.values()]
        return all(path.is_file() for path in (*paths, *made))

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Write the files; progress is in thumbnails and files."""
        # reportlab takes a tenth of a second to import, which a start of the program must not pay for.
        from shiftclipper.export.report_pdf import report_pdf

        found = context.store.results(context.job_id)
        folder = make_folder(context.out_dir)
        moments = moments_of(found, {one.id: one for one in context.store.tracklets(context.job_id)})
        total = len(moments) + len(REPORT_FILES) + 1
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            context.progress(done, total, "Writing the report")

        pictures = thumbnails_of(found, moments, context.check, advance)
        report = report_of(found, folder, pictures)
        made = {kind: folder / name for kind, name in REPORT_FILES.items()}
        with context.writing(made.values()):
            write_text(made["report"], render_report(report))
            advance()
            write_bytes(made["report_pdf"], report_pdf(report))
            advance()
            write_text(made["report_csv"], report_csv(report))
            write_json(report_json(report), made["report_json"])
            write_shifts(_csv_rows(found), made["shifts"])
        written = [*made.items(), *_for_programs(context, found)]
        self._keep(context, found, written)
        return {
            "files": len(written),
            "thumbnails": len(pictures),
            "programs": found.setup.settings.files,
        }

    def _keep(self, context: StageContext, found: JobResults, written: list[tuple[str, Path]]) -> None:
        """Note what was written; what an earlier run wrote elsewhere stays there, but is no more ours."""
        paths = {path for _, path in written}
        for kind, path in written:
            made = describe_artifact(kind, path)
            context.run.save_artifact(
                ArtifactRow(kind, path, None, made.bytes, made.sha256, fingerprint=self.name)
            )
        kinds = {*REPORT_FILES}
        for row in found.artifacts:
            if row.path not in paths and (row.fingerprint == self.name or row.type in kinds):
                context.run.remove_artifact(row.id)


@dataclass(frozen=True, slots=True)
class WriteResults:
    """Writes results.json and manifest.json: always the last stage of a run, whatever was asked for."""

    name: str = "results"
    weight: float = 0.1

    def input_hash(self, context: StageContext) -> str:
        """Depend on the run itself: the files are written anew at the end of each."""
        job = context.job
        stages = context.store.stages(context.job_id)
        return fingerprint(
            VERSION,
            str(context.out_dir),
            job.started_at,
            [[row.name, row.finished_at] for row in stages if row.name != self.name],
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether both files are there."""
        return all((context.out_dir / name).is_file() for name in ("results.json", "manifest.json"))

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Write both files from the database."""
        found = context.store.results(context.job_id)
        make_folder(context.out_dir)
        target = context.out_dir / "results.json"
        write_json(results_document(found, JobStatus.DONE), target)
        artifacts = [Artifact("clip", str(clip.path), clip.bytes, clip.sha256) for clip in found.clips]
        artifacts += [Artifact(row.type, str(row.path), row.bytes, row.sha256) for row in found.artifacts]
        artifacts.append(describe_artifact("results", target))
        write_manifest(artifacts, context.out_dir / "manifest.json")
        return {}


def report_of(found: JobResults, folder: Path, pictures: Mapping[int, bytes] | None = None) -> Report:
    """Return what stands in the report of a job.

    Args:
        found: everything about the job.
        folder: where the report lies; links to what is below it are relative.
        pictures: JPEGs by the id of their shift.
    """
    reel = next((row.path for row in found.artifacts if row.type == "reel"), None)
    duration = sum((source.duration or Fraction(0) for source in found.sources), Fraction(0))
    latest = max((shift.end for shift in found.shifts), default=Fraction(0))
    return Report(
        game=found.job.title,
        # A job whose film was never read has shifts all the same when it comes from elsewhere.
        duration=duration or latest,
        players=tuple(_report_player(found, player, folder, pictures or {}) for player in found.players),
        periods=found.setup.periods,
        reel=_relative(reel, folder) if reel else None,
        date=game_date(found),
    )


def _for_programs(context: StageContext, found: JobResults) -> list[tuple[str, Path]]:
    names = [name for name in found.setup.settings.files.split(",") if name]
    if not names or not any(shift.verdict != "rejected" for shift in found.shifts):
        return []
    written = write_for_programs(context.store, context.job_id, names, context.out_dir / PROGRAM_FOLDER)
    return [(one.format, one.path) for one in written]


def _fingerprint_of(shift: ShiftRow) -> list[object]:
    return [
        *(shift.start, shift.end, shift.confidence, shift.start_reason, shift.end_reason),
        *(shift.origin, shift.verdict, shift.player_id, list(shift.tracklet_ids)),
    ]


def _report_player(
    found: JobResults, player: PlayerRow, folder: Path, pictures: Mapping[int, bytes]
) -> ReportPlayer:
    path_of = {clip.shift_id: clip.path for clip in found.clips if clip.shift_id is not None}
    shifts = tuple(
        ReportShift(
            start=shift.start,
            end=shift.end,
            confidence=shift.confidence,
            start_reason=shift.start_reason,
            end_reason=shift.end_reason,
            evidence=tuple(sentence(told) for told in told_in(shift.evidence)),
            clip=_relative(path_of[shift.id], folder) if shift.id in path_of else None,
            by_hand=_by_hand(shift),
            thumbnail=pictures.get(shift.id),
        )
        for shift in shown_shifts(found.shifts, player)
    )
    rejected = sorted(
        (shift.start, shift.end)
        for shift in found.shifts
        if shift.player_id == player.id and shift.verdict == "rejected"
    )
    return ReportPlayer(player.name, player.number, player.jersey_color or "", shifts, tuple(rejected))


def _by_hand(shift: ShiftRow) -> str:
    if shift.origin == "manual":
        return SET
    return ACCEPTED if shift.verdict == "accepted" else FOUND


def _csv_rows(found: JobResults) -> list[CsvRow]:
    rows: list[CsvRow] = []
    for player in found.players:
        for number, shift in enumerate(shown_shifts(found.shifts, player), 1):
            rows.append(CsvRow(shift.start, shift.end, f"shift {number}", file_label(player)))
    return rows


def _relative(path: Path, folder: Path) -> str:
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.as_uri()
