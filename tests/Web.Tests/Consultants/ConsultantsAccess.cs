using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Consultants;

internal sealed class ConsultantsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/specialties"] = Everybody,
            ["GET /api/visits?network={network}"] = new("coordinator"),
            // Programmes show the names of consultants. Only some visitors see the visits.
            ["GET /api/consultants?network={network}"] = new(Members) { Secret = "{visit1}", Sees = "coordinator partner consultant1" },
            ["GET /api/consultants/{c1}"] = new(Members) { Secret = "{visit1}", Sees = "coordinator partner consultant1" },
            ["GET /api/consultants/{c2}"] = new(Members) { Secret = "{visit2}", Sees = "coordinator consultant2" },
            ["WATCH itinerary/{c1}/{week}"] = new("coordinator partner consultant1"),
            ["WATCH itinerary/{c1}/{week}/{network}"] = new("coordinator partner consultant1"),
            ["WATCH itinerary/{c2}/{week}"] = new("coordinator consultant2"),
        };
}
