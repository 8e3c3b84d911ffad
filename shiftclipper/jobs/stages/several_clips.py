"""Cutting several clips at a time: one pool, one progress, and what is finished is kept whatever happens."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

from shiftclipper.errors import Cancelled
from shiftclipper.export.clips import ClipPlan
from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.store import Store

Order = TypeVar("Order")
Made = TypeVar("Made")


class CuttingProgress:
    """Adds up how far the clips are that are being cut; may be told from any thread."""

    def __init__(self, context: StageContext, done: float, total: float) -> None:
        """Begin with `done` of `total` seconds of clips, those that were there before."""
        self._context = context
        self._before = done
        self._total = total
        self._seconds: dict[str, float] = {}
        self._lock = threading.Lock()

    def of_clip(self, plan: ClipPlan) -> Callable[[float], None]:
        """Return what takes the seconds of one clip that are written; it never goes back."""
        message = f"Cutting shift {plan.shift.number} at {clock(plan.shift.start)}"
        longest = float(plan.end - plan.start)

        def advance(seconds: float) -> None:
            with self._lock:
                far = max(self._seconds.get(plan.file_name, 0.0), min(seconds, longest))
                self._seconds[plan.file_name] = far
                done = self._before + sum(self._seconds.values())
            self._context.progress(done, self._total, message)

        return advance


def several_at_once(
    cut: Callable[[Order], Made], orders: Sequence[Order], at_once: int, store: Store
) -> list[Made]:
    """Carry out orders, so many at a time, and return what came of them.

    After an error no other is begun; it is raised when those that were being cut have come to their end.
    """
    if at_once <= 1:
        return [cut(order) for order in orders]

    failed = threading.Event()

    def in_thread(order: Order) -> Made:
        if failed.is_set():
            raise Cancelled
        try:
            return cut(order)
        except BaseException:
            failed.set()
            raise
        finally:
            store.close_thread()

    pool = ThreadPoolExecutor(at_once, thread_name_prefix="cut")
    try:
        futures = [pool.submit(in_thread, order) for order in orders]
        done, _ = wait(futures, return_when=FIRST_EXCEPTION)
        bad = [future for future in futures if future in done and future.exception() is not None]
        # Not one that was not begun for the sake of another's failure.
        bad.sort(key=lambda future: isinstance(future.exception(), Cancelled))
        return [future.result() for future in bad[:1] or futures]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
