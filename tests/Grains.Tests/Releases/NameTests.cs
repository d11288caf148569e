using ConsultHub.Rostering;
using ConsultHub.Silo.Demo;
using ConsultHub.Storage;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Releases;

/// <summary>The names under which rows and reminders are stored. A release may add names. It never changes or removes one.</summary>
public sealed class NameTests
{
    /// <summary>
    /// The names of the grain classes. State names of rows, destinations of messages and reminders contain these names. Add the new names
    /// before a release.
    /// </summary>
    private static readonly string[] GrainTypes =
    [
        "access",
        "account",
        "attendance",
        "audit",
        "audit-days",
        "audience",
        "catalogue",
        "certificates",
        "conference",
        "consultant",
        "credit-policies",
        "demo-day",
        "directory",
        "dossier",
        "feed",
        "grave",
        "hospital",
        "inbox",
        "initiative",
        "lecture",
        "lecturemedia",
        "mail",
        "network",
        "programme",
        "release",
        "research",
        "roster",
        "scorecard-reports",
        "signing-keys",
        "storage-check",
    ];

    [Fact]
    public void Grain_classes_have_the_same_names_as_in_earlier_releases()
    {
        using var wire = new Wire();
        Assert.Superset(GrainTypes.ToHashSet(), Wire.GrainClasses.Select(wire.GrainTypeOf).ToHashSet());
    }

    [Fact]
    public async Task Rows_and_reminders_are_stored_under_the_same_names_as_in_earlier_releases()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            // These changes make so many rows that a snapshot is written at the end.
            await hub.DoneAsync(Plan("a", Kim, room: One) with { Reason = "The visit begins with it." });
            for (var i = 0; i < 40; i++)
                await hub.DoneAsync(
                    new ChangeRoom
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new("a"),
                        Room = i % 2 == 0 ? Two : One,
                    }
                );
            // While this proposal is open, the roster keeps its reminder.
            await hub.DoneAsync(Propose("a", Lee, Kim));
            await hub.Grains.GetGrain<IDemoDayGrain>("ehs").SwitchAsync(true);
        }
        using (var database = new SqliteDataSource(folder))
        {
            var states = Read(database, "SELECT DISTINCT GrainTypeString FROM OrleansStorage ORDER BY GrainTypeString");
            Assert.Equal(
                ["roster.head", "roster.row", "roster.sealed-snapshot", "roster.text"],
                states.Where(s => s.StartsWith("roster.", StringComparison.Ordinal))
            );
            Assert.Contains("demo-day", states);
            Assert.Equal(["reconcile"], Read(database, "SELECT DISTINCT ReminderName FROM OrleansRemindersTable"));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static List<string> Read(SqliteDataSource database, string query)
    {
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> read = [];
        while (reader.Read())
            read.Add(reader.GetString(0));
        return read;
    }
}
