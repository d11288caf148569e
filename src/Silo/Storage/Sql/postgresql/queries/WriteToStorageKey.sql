-- One statement checks the ETag and writes the row. Without an ETag, it inserts a row that does not exist yet. With an ETag, it changes
-- the row only if the row still has this ETag. Otherwise it returns no row, which Orleans reports as InconsistentStateException.
INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1, Version, ModifiedOn, PayloadBinary)
SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1, 1, now(), @PayloadBinary
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT 1 FROM OrleansStorage
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '')
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1)
ON CONFLICT (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1) DO UPDATE
SET Version = OrleansStorage.Version + 1, ModifiedOn = excluded.ModifiedOn, PayloadBinary = excluded.PayloadBinary
WHERE OrleansStorage.Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion;
