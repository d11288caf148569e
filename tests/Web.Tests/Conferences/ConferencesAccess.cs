using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Conferences;

internal sealed class ConferencesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/conferences"] = SignedIn,
            ["GET /api/conferences/x-1"] = SignedIn,
            ["POST /api/conferences/import"] = AnyCoordinator,
            ["GET /api/conferences/x-1/schedule.xml"] = SignedIn,
            ["GET /api/conferences/x-1/schedule.json"] = SignedIn,
            ["POST /api/conferences/x-1/sessions/s-1/move"] = AnyCoordinator,
            ["POST /api/conferences/x-1/sessions/s-1/move/checks"] = AnyCoordinator,
            ["GET /api/conferences/x-1/favourites"] = SignedIn,
            ["PUT /api/conferences/x-1/favourites/s-1"] = SignedIn,
            ["DELETE /api/conferences/x-1/favourites/s-1"] = SignedIn,
            ["POST /api/conferences/x-1/draft"] = Coordinates,
            ["DELETE /api/conferences/x-1/draft"] = Coordinates,
            ["GET /api/conferences/x-1/draft/changes"] = Coordinates,
            ["POST /api/conferences/x-1/draft/checks"] = AnyCoordinator,
            ["POST /api/conferences/x-1/draft/sessions"] = AnyCoordinator,
            ["PUT /api/conferences/x-1/draft/sessions/s-1"] = AnyCoordinator,
            ["DELETE /api/conferences/x-1/draft/sessions/s-1"] = Coordinates,
            ["POST /api/conferences/x-1/releases"] = AnyCoordinator,
            ["GET /api/conferences/x-1/releases"] = SignedIn,
            ["GET /api/conferences/x-1/releases/1"] = SignedIn,
            ["GET /api/conferences/x-1/releases/1/changes"] = SignedIn,
            ["GET /api/conferences/x-1/places"] = SignedIn,
            ["GET /api/conferences/x-1/ticket"] = Attends,
            ["PUT /api/conferences/x-1/sessions/s-1/place"] = Attends,
            ["DELETE /api/conferences/x-1/sessions/s-1/place"] = Attends,
            ["PUT /api/conferences/x-1/sessions/s-1/feedback"] = Attends,
            ["GET /api/conferences/x-1/sessions/s-1/feedback"] = Coordinates,
            ["PUT /api/conferences/x-1/sessions/s-1/capacity"] = AnyCoordinator,
            ["POST /api/conferences/x-1/sessions/s-1/checkins"] = AnyCoordinator,
            ["GET /api/conferences/x-1/sessions/s-1/audience"] = Coordinates,
            ["PUT /api/conferences/x-1/public"] = AnyCoordinator,
            ["GET /api/public/conferences/x-1"] = All, // only conferences that are marked public
            ["GET /api/public/conferences/x-1/schedule.xml"] = All,
            ["GET /api/public/conferences/x-1/schedule.json"] = All,
            ["GET /api/public/conferences/x-1/calendar.ics"] = All,
        };
}
