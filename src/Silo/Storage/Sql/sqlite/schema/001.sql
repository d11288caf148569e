-- What Orleans' ADO.NET providers keep: their queries, grain state and reminders. The queries themselves are in ../queries
-- and are written anew at each start; a change here is a new file with the next number, never an edit.

CREATE TABLE OrleansQuery
(
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

-- Keyed by name and key, not by Orleans' hashes of them: exact, and rows of one grain lie side by side.
CREATE TABLE OrleansStorage
(
    ServiceId              TEXT    NOT NULL,
    GrainTypeString        TEXT    NOT NULL, -- the state's name
    GrainIdExtensionString TEXT    NOT NULL, -- a string key; empty for a key that is only a number or a GUID
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    Version                INTEGER NOT NULL, -- the ETag
    ModifiedOn             TEXT    NOT NULL, -- UTC, for people who look into the file
    PayloadBinary          BLOB    NULL,     -- null once cleared; the row stays, so that its key cannot be inserted again
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1)
);

CREATE TABLE OrleansRemindersTable
(
    ServiceId    TEXT    NOT NULL,
    GrainId      TEXT    NOT NULL,
    ReminderName TEXT    NOT NULL,
    StartTime    TEXT    NOT NULL, -- UTC
    Period       INTEGER NOT NULL, -- milliseconds
    GrainHash    INTEGER NOT NULL, -- signed 32 bits
    Version      INTEGER NOT NULL, -- the ETag
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

CREATE INDEX OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);
