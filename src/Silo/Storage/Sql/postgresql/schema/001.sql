-- What Orleans' ADO.NET providers keep: their queries, members of the cluster, grain state and reminders; and the keys that
-- web nodes share. The queries themselves are in ../queries and are written anew at each start; a change here is a new file
-- with the next number, never an edit. Keys are compared by their bytes, whatever the database's language.

CREATE TABLE OrleansQuery
(
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

CREATE TABLE OrleansStorage
(
    ServiceId              text COLLATE "C" NOT NULL,
    GrainTypeString        text COLLATE "C" NOT NULL, -- the state's name
    GrainIdExtensionString text COLLATE "C" NOT NULL, -- a string key; empty for a key that is only a number or a GUID
    GrainIdN0              bigint           NOT NULL,
    GrainIdN1              bigint           NOT NULL,
    Version                integer          NOT NULL, -- the ETag
    ModifiedOn             timestamptz      NOT NULL,
    PayloadBinary          bytea            NULL,     -- null once cleared; the row stays, so that its key cannot be inserted again
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1)
);

CREATE TABLE OrleansRemindersTable
(
    ServiceId    text COLLATE "C" NOT NULL,
    GrainId      text COLLATE "C" NOT NULL,
    ReminderName text COLLATE "C" NOT NULL,
    StartTime    timestamptz      NOT NULL,
    Period       bigint           NOT NULL, -- milliseconds
    GrainHash    integer          NOT NULL,
    Version      integer          NOT NULL, -- the ETag
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

CREATE INDEX OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);

-- One row a cluster: every change of its members raises the version, and only who knows the latest may make one.
CREATE TABLE OrleansMembershipVersionTable
(
    DeploymentId text COLLATE "C" NOT NULL PRIMARY KEY,
    ChangedOn    timestamptz      NOT NULL DEFAULT now(),
    Version      integer          NOT NULL DEFAULT 0
);

CREATE TABLE OrleansMembershipTable
(
    DeploymentId text COLLATE "C" NOT NULL REFERENCES OrleansMembershipVersionTable,
    Address      text             NOT NULL,
    Port         integer          NOT NULL,
    Generation   integer          NOT NULL, -- tells a silo from the one that had its address before
    SiloName     text             NOT NULL,
    HostName     text             NOT NULL,
    Status       integer          NOT NULL, -- Orleans.Runtime.SiloStatus; 3 is active, 6 is dead
    ProxyPort    integer          NULL,     -- where web nodes reach it
    SuspectTimes text             NULL,
    StartTime    timestamptz      NOT NULL,
    IAmAliveTime timestamptz      NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

-- Keys of cookies (ASP.NET Core data protection), so that a session holds on every web node.
CREATE TABLE HubKey
(
    Name text NOT NULL PRIMARY KEY,
    Xml  text NOT NULL
);
