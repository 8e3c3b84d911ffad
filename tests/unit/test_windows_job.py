"""On Windows a child is put into a job that dies with us: what is asked of the system, in which order."""

import ctypes
import sys

import pytest

from shiftclipper.media.windows_job import (
    ENDED,
    EXTENDED_LIMITS,
    KILL_ON_JOB_CLOSE,
    SET_QUOTA_AND_TERMINATE,
    BasicLimits,
    ExtendedLimits,
    job_of,
    limits,
    windows_kernel,
)

PID, JOB, PROCESS = 4711, 1000, 2000


class Notes:
    """A system that takes notes, and may refuse one kind of call."""

    def __init__(self, refuses: str = "") -> None:
        self.calls: list[tuple[object, ...]] = []
        self.flags = 0
        self._refuses = refuses

    def _note(self, answer: int, *call: object) -> int:
        self.calls.append(call)
        return 0 if call[0] == self._refuses else answer

    def CreateJobObjectW(self, attributes: None, name: None) -> int | None:
        return self._note(JOB, "create")

    def SetInformationJobObject(self, job: int, kind: int, asked: object, size: int) -> int:
        self.flags = asked._obj.basic.flags
        return self._note(1, "limit", job, kind, size)

    def OpenProcess(self, rights: int, inherit: int, pid: int) -> int | None:
        return self._note(PROCESS, "open", rights, inherit, pid)

    def AssignProcessToJobObject(self, job: int, process: int) -> int:
        return self._note(1, "join", job, process)

    def TerminateJobObject(self, job: int, code: int) -> int:
        return self._note(1, "end", job, code)

    def CloseHandle(self, handle: int) -> int:
        return self._note(1, "close", handle)


def test_a_child_joins_a_job_that_ends_with_its_last_handle():
    system = Notes()
    job = job_of(PID, system)
    assert job is not None
    assert system.flags == KILL_ON_JOB_CLOSE == 0x2000
    assert system.calls == [
        ("create",),
        ("open", SET_QUOTA_AND_TERMINATE, 0, PID),
        ("limit", JOB, EXTENDED_LIMITS, ctypes.sizeof(ExtendedLimits)),
        ("join", JOB, PROCESS),
        # Only the process: the job's own handle must stay open until the child has ended.
        ("close", PROCESS),
    ]


def test_a_job_is_ended_and_given_back_once():
    system = Notes()
    job = job_of(PID, system)
    assert job is not None
    del system.calls[:]
    job.end()
    job.close()
    job.close()
    job.end()
    assert system.calls == [("end", JOB, ENDED), ("close", JOB)]


@pytest.mark.parametrize("refused", ["limit", "open", "join"])
def test_a_system_that_refuses_gets_every_handle_back_and_the_child_runs_without_a_job(refused):
    system = Notes(refuses=refused)
    assert job_of(PID, system) is None
    opened = {JOB} if refused == "open" else {JOB, PROCESS}
    assert {call[1] for call in system.calls if call[0] == "close"} == opened


def test_a_system_that_makes_no_job_is_asked_for_nothing_more():
    system = Notes(refuses="create")
    assert job_of(PID, system) is None
    assert system.calls == [("create",)]


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of a 64-bit system")
def test_the_limits_lie_where_windows_looks_for_them():
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert BasicLimits.flags.offset == 16
    assert bytes(limits())[16:20] == KILL_ON_JOB_CLOSE.to_bytes(4, "little")
    assert sum(bytes(limits())) == 0x20, "nothing else is limited"


@pytest.mark.skipif(sys.platform == "win32", reason="there is one on Windows")
def test_other_systems_have_no_such_kernel_and_need_none():
    assert windows_kernel() is None
    assert job_of(PID, None) is None
