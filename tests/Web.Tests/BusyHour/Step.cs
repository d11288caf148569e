namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// A time and a length in quarters of an hour. The day counts from the Monday of the first week in the network's time zone.
/// </summary>
internal readonly record struct Slot(int Day, int Quarter, int Quarters)
{
    public override string ToString() => $"day {Day} {Quarter / 4:00}:{Quarter % 4 * 15:00} for {Quarters * 15} min";
}

/// <summary>
/// One action of a person in a busy hour. An engagement is named <c>e3</c>, or <c>s3</c> if it belongs to session 3. A session is named
/// <c>s3</c>, or <c>n3</c> if a draft added it. People, rooms and hospitals are numbers. If a step names something that does not exist, the
/// hub refuses it or the test skips it.
/// </summary>
internal abstract record Step
{
    public sealed record Plan(string Engagement, int Hospital, int? Room, int? Who, Slot At, bool Confirmed) : Step;

    public sealed record Confirm(string Engagement) : Step;

    public sealed record ChangeTime(string Engagement, Slot At, int? Room, bool Reason) : Step;

    public sealed record ChangeRoom(string Engagement, int Room) : Step;

    /// <param name="Second">A second consultant, or null.</param>
    public sealed record Assign(string Engagement, int? Who, int? Second) : Step;

    public sealed record Propose(string Engagement, int Candidate, bool Relieve, int? Next, int Minutes, int By) : Step;

    /// <summary>The current candidate answers.</summary>
    public sealed record Answer(string Engagement, bool Accept) : Step;

    public sealed record Emergency(string Engagement, Slot? At, int? Room, int? Who) : Step;

    public sealed record Cancel(string Engagement) : Step;

    public sealed record Undo(string Engagement, int By) : Step;

    /// <summary>The consultant has arrived.</summary>
    public sealed record Arrive(string Engagement) : Step;

    public sealed record Complete(string Engagement) : Step;

    public sealed record NoShow(string Engagement) : Step;

    /// <param name="Who">The consultant who acknowledges all alerts, or only the newest one.</param>
    public sealed record Acknowledge(int Who, bool All) : Step;

    public sealed record StartDraft : Step;

    public sealed record DropDraft : Step;

    public sealed record Publish : Step;

    public sealed record DraftPlace(string Session, Slot At, int Room) : Step;

    public sealed record DraftCancel(string Session, bool Cancelled) : Step;

    public sealed record DraftTitle(string Session, int Number) : Step;

    /// <param name="Who">A consultant, or null for a guest.</param>
    public sealed record DraftSpeaker(string Session, int? Who) : Step;

    public sealed record DraftAdd(string Session, Slot At, int Room, int? Who) : Step;

    public sealed record DraftRemove(string Session) : Step;

    /// <summary>Moves a session of the published programme at once.</summary>
    public sealed record MoveSession(string Session, Slot At, int Room) : Step;

    public sealed record Favourite(int Attendee, string Session, bool On) : Step;

    public sealed record Register(int Attendee, string Session) : Step;

    public sealed record Leave(int Attendee, string Session) : Step;

    public sealed record Capacity(string Session, int? Places) : Step;

    public sealed record CheckIn(int Attendee, string Session) : Step;

    public sealed record Feedback(int Attendee, string Session, int Stars) : Step;

    /// <summary>Time passes, and everything that is due by then happens.</summary>
    public sealed record Pass(int Minutes) : Step;

    /// <summary>Waits until the hub is at rest.</summary>
    public sealed record Rest : Step;
}
