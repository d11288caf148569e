using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Hospitals;
using ConsultHub.Rostering;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Rostering;

/// <summary>The table of engagements, for hospitals that join with a plan of their own.</summary>
internal static class EngagementTable
{
    public static RecordTable Table { get; } =
        new("engagements", typeof(PlannedEngagement))
        {
            Owner = OwnerKind.Roster,
            OwnerColumn = null,
            OwnerOf = RosterOf,
            ByFileOnly = true,
            Part = "engagement",
            Route = "/api/rosters/{owner}/engagements/{id}",
            Columns =
            [
                Column.Id(),
                Column.Choice<EngagementKind>("kind"),
                Column.Text("title") with
                {
                    Required = true,
                },
                Column.Reference("hospital", "hospitals") with
                {
                    Required = true,
                },
                Column.Reference("room", "rooms"),
                Column.Reference("consultants", "consultants") with
                {
                    Many = true,
                },
                Column.Reference("specialty", "specialties") with
                {
                    Required = true,
                },
                Column.Instant("start"),
                Column.Instant("end"),
                new("attendees", ColumnKind.Number) { Least = 0, Most = 100_000 },
                Column.Text("needs", Equipment.Longest) with
                {
                    Many = true,
                },
                new("confirmed", ColumnKind.Flag),
                Column.Reference("programme", "programmes"),
                Column.Text("cohort"),
                Column.Reference("initiative", "initiatives"),
            ],
            Read = RosterActions.Read,
            Change = RosterActions.Plan,
        };

    /// <summary>The roster of the week in which the engagement starts. Null if the row has no start.</summary>
    private static string? RosterOf(JsonObject cells, NetworkId? network, TimeZoneInfo zone) =>
        network is not null && cells["start"]?.Deserialize<DateTimeOffset>(HubJson.Options) is { } start
            ? $"{network}/{Week.Of(start, zone)}"
            : null;
}
