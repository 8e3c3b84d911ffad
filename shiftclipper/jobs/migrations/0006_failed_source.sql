-- Whether the job's last run failed because this film could not be read or was not the same any more.
ALTER TABLE source ADD COLUMN failed INTEGER NOT NULL DEFAULT 0 CHECK (failed IN (0, 1));

-- Until now only the sentence told which film it was.
UPDATE source SET failed = 1 WHERE EXISTS (
    SELECT 1 FROM job WHERE job.id = source.job_id AND job.status = 'failed' AND instr(job.error, source.path)
);
