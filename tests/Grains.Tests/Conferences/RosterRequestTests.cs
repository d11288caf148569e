using ConsultHub.Conferences;

namespace ConsultHub.Tests.Conferences;

/// <summary>
/// A booked session can move only if its engagement can follow. The engagement stays at its hospital and can use only rooms of the network.
/// </summary>
public sealed class RosterRequestTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static readonly Conference OneHospital = new()
    {
        Id = new("c"),
        Title = "Congress",
        TimeZone = "UTC",
        FirstDay = new(2026, 11, 24),
        LastDay = new(2026, 11, 24),
        Rooms = [new("Hall"), new("Foyer"), new("Linked", new("h-1"), new("r1")), new("Also linked", new("h-1"), new("r2"))],
    };

    private static readonly Conference TwoHospitals = OneHospital with
    {
        Rooms = OneHospital.Rooms.Add(new("Elsewhere", new("h-2"), new("r1"))),
    };

    [Theory]
    [InlineData("Linked", "Also linked", "r2", null)]
    [InlineData("r9", "Linked", "r1", null)] // the roster has moved the session to a room that the conference does not list
    [InlineData("Hall", "Linked", "r1", null)]
    [InlineData("", "Linked", "r1", null)]
    [InlineData("Hall", "Foyer", null, "Foyer")]
    [InlineData("", "Foyer", null, "Foyer")]
    [InlineData("Hall", "", null, "")]
    public void A_move_asks_the_roster_for_a_linked_room_and_leaves_an_unlinked_room_to_the_conference(
        string before,
        string after,
        string? asked,
        string? own
    )
    {
        var request = RosterRequest.Move(OneHospital, Booked(before), Booked(after) with { Start = Ten.AddHours(1) }, "Test");
        Assert.Null(request.Code);
        Assert.Equal((asked, own), (request.Command!.Room?.Value, request.OwnRoom));
    }

    [Theory]
    [InlineData("Linked", "Foyer")]
    [InlineData("Linked", "")]
    [InlineData("r9", "Foyer")]
    [InlineData("r9", "")]
    [InlineData("Linked", "Elsewhere")]
    [InlineData("Elsewhere", "Linked")]
    [InlineData("Hall", "Elsewhere")] // the session was booked at the first hospital of the conference
    [InlineData("r9", "Linked")] // r9 may be a room of either hospital
    public void A_move_that_the_roster_cannot_follow_is_refused(string before, string after) =>
        Assert.Equal("session.room-not-linked", RosterRequest.Move(TwoHospitals, Booked(before), Booked(after), "Test").Code);

    [Theory]
    [InlineData("r9")]
    [InlineData("Linked")]
    public void A_booked_session_that_keeps_its_room_can_move_to_another_time(string room) =>
        Assert.NotNull(RosterRequest.Move(TwoHospitals, Booked(room), Booked(room) with { Start = Ten.AddHours(1) }, "Test").Command);

    private static ConferenceSession Booked(string room) =>
        new()
        {
            Id = new("s"),
            Title = "Talk",
            Start = Ten,
            Duration = TimeSpan.FromHours(1),
            Room = room,
            Booking = BookingState.Booked,
            Engagement = new("e"),
            Week = new(2026, 48),
        };
}
