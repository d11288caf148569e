-- One statement raises the version of the table and inserts the row. It does nothing if the caller does not know the
-- latest version, or if the row already exists.
WITH latest AS (
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1, ChangedOn = now()
    WHERE DeploymentId = @DeploymentId AND Version = @Version
      AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
    RETURNING 1),
joined AS (
    INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM latest
    RETURNING 1)
SELECT count(*)::integer FROM joined;
