-- One statement raises the version of the table and changes the row. It does nothing if the caller does not know the
-- latest version, or if there is no such row.
WITH latest AS (
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1, ChangedOn = now()
    WHERE DeploymentId = @DeploymentId AND Version = @Version
      AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
    RETURNING 1),
changed AS (
    UPDATE OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    FROM latest
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
    RETURNING 1)
SELECT count(*)::integer FROM changed;
