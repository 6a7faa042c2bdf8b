"""What a process of the pool holds when it is killed, the next one gets (ADR 0015)."""

import fcntl
import multiprocessing
import signal
from multiprocessing.connection import Connection

import pytest

from hlt_platform.background.pool import DeathReleasedLock, Pool

FORK = multiprocessing.get_context("fork")


def take_and_wait(lock: DeathReleasedLock, told: Connection) -> None:
    lock.acquire()
    told.send("taken")
    signal.pause()


def test_a_killed_holder_lets_go_of_the_lock_that_kept_others_out() -> None:
    lock, (here, there) = DeathReleasedLock(), FORK.Pipe()
    holder = FORK.Process(target=take_and_wait, args=(lock, there))
    with lock.file, here, there:
        holder.start()
        assert here.recv() == "taken"
        with pytest.raises(BlockingIOError):
            fcntl.lockf(lock.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holder.kill()
        holder.join()
        fcntl.lockf(lock.file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_both_pipes_of_a_pool_have_such_a_lock() -> None:
    pool = Pool(1)
    read, written = pool._inqueue._rlock, pool._outqueue._wlock
    pool.terminate()
    pool.join()
    assert {type(read), type(written)} == {DeathReleasedLock}
    for lock in (read, written):
        lock.file.close()
