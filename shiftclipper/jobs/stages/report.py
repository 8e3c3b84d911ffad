"""Stages `report` and `results`: the page for people, and the files for other programs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import Artifact, describe_artifact, write_json, write_manifest
from shiftclipper.export.report import Report, ReportPlayer, ReportShift, render_report
from shiftclipper.export.shifts_csv import ShiftRow as CsvRow
from shiftclipper.export.shifts_csv import write_shifts
from shiftclipper.jobs.clip_plans import file_label
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.results import results_document, shown_shifts
from shiftclipper.jobs.rows import ArtifactRow, JobResults, JobStatus, PlayerRow
from shiftclipper.jobs.stage import StageContext, fingerprint

VERSION = 1


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Writes report.html and shifts.csv."""

    name: str = "report"
    weight: float = 1.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on everything that stands in the report."""
        found = context.store.results(context.job_id)
        return fingerprint(
            VERSION,
            str(context.out_dir),
            found.job.title,
            [[row.name, row.number, row.jersey_color] for row in found.players],
            [
                [shift.start, shift.end, shift.confidence, shift.verdict, shift.player_id]
                for shift in found.shifts
            ],
            [[str(clip.path), clip.shift_id] for clip in found.clips],
            [str(artifact.path) for artifact in found.artifacts if artifact.type == "reel"],
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether both files are there."""
        return all((context.out_dir / name).is_file() for name in ("report.html", "shifts.csv"))

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Write the files; progress is in files."""
        found = context.store.results(context.job_id)
        make_folder(context.out_dir)
        page = context.out_dir / "report.html"
        _write_text(page, render_report(_report(found, context.out_dir)))
        context.progress(1, 2, "Writing the report")
        table = context.out_dir / "shifts.csv"
        write_shifts(_csv_rows(found), table)
        for kind, path in (("report", page), ("shifts", table)):
            made = describe_artifact(kind, path)
            context.run.save_artifact(ArtifactRow(kind, path, None, made.bytes, made.sha256))
            for row in found.artifacts:
                # Exported to another folder before: the file stays, but is no more this job's.
                if row.type == kind and row.path != path:
                    context.run.remove_artifact(row.id)
        return {"files": 2}


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


def _report(found: JobResults, out_dir: Path) -> Report:
    reel = next((row.path for row in found.artifacts if row.type == "reel"), None)
    duration = sum((source.duration or Fraction(0) for source in found.sources), Fraction(0))
    return Report(
        game=found.job.title,
        duration=duration,
        players=tuple(_report_player(found, player, out_dir) for player in found.players),
        periods=found.setup.periods,
        reel=_relative(reel, out_dir) if reel else None,
    )


def _report_player(found: JobResults, player: PlayerRow, out_dir: Path) -> ReportPlayer:
    path_of = {clip.shift_id: clip.path for clip in found.clips if clip.shift_id is not None}
    shifts = tuple(
        ReportShift(
            start=shift.start,
            end=shift.end,
            confidence=shift.confidence,
            start_reason=shift.start_reason,
            end_reason=shift.end_reason,
            evidence=tuple(str(term.get("text", "")) for term in shift.evidence),
            clip=_relative(path_of[shift.id], out_dir) if shift.id in path_of else None,
        )
        for shift in shown_shifts(found.shifts, player)
    )
    return ReportPlayer(player.name, player.number, player.jersey_color or "", shifts)


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


def _write_text(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
