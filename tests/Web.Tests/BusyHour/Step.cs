namespace ConsultHub.Tests.BusyHour;

/// <summary>When something is, in quarters of an hour of a day that is counted from the Monday of the first week, in the network's
/// zone.</summary>
internal readonly record struct Slot(int Day, int Quarter, int Quarters)
{
    public override string ToString() => $"day {Day} {Quarter / 4:00}:{Quarter % 4 * 15:00} for {Quarters * 15} min";
}

/// <summary>
/// One thing that somebody does in a busy hour. An engagement is named <c>e3</c>, or <c>s3</c> where it serves session 3; a session is
/// named
/// <c>s3</c>, or <c>n3</c> where a
/// draft added it. People, rooms and hospitals go by numbers. A step that names what is not there is refused by the hub, or passed over.
/// </summary>
internal abstract record Step
{
    public sealed record Plan(string Engagement, int Hospital, int? Room, int? Who, Slot At, bool Confirmed) : Step;

    public sealed record Confirm(string Engagement) : Step;

    public sealed record ChangeTime(string Engagement, Slot At, int? Room, bool Reason) : Step;

    public sealed record ChangeRoom(string Engagement, int Room) : Step;

    /// <param name="Second">Somebody beside them, or nobody.</param>
    public sealed record Assign(string Engagement, int? Who, int? Second) : Step;

    public sealed record Propose(string Engagement, int Candidate, bool Relieve, int? Next, int Minutes, int By) : Step;

    /// <summary>Whoever is asked now answers.</summary>
    public sealed record Answer(string Engagement, bool Accept) : Step;

    public sealed record Emergency(string Engagement, Slot? At, int? Room, int? Who) : Step;

    public sealed record Cancel(string Engagement) : Step;

    public sealed record Undo(string Engagement, int By) : Step;

    /// <summary>The consultant comes, or has done the work; or the coordinator says that nobody came.</summary>
    public sealed record Arrive(string Engagement) : Step;

    public sealed record Complete(string Engagement) : Step;

    public sealed record NoShow(string Engagement) : Step;

    /// <param name="Who">A consultant acknowledges all alerts, or the newest alone.</param>
    public sealed record Acknowledge(int Who, bool All) : Step;

    public sealed record StartDraft : Step;

    public sealed record DropDraft : Step;

    public sealed record Publish : Step;

    public sealed record DraftPlace(string Session, Slot At, int Room) : Step;

    public sealed record DraftCancel(string Session, bool Cancelled) : Step;

    public sealed record DraftTitle(string Session, int Number) : Step;

    /// <param name="Who">A consultant; null: a guest.</param>
    public sealed record DraftSpeaker(string Session, int? Who) : Step;

    public sealed record DraftAdd(string Session, Slot At, int Room, int? Who) : Step;

    public sealed record DraftRemove(string Session) : Step;

    /// <summary>A live move, at once.</summary>
    public sealed record MoveSession(string Session, Slot At, int Room) : Step;

    public sealed record Favourite(int Attendee, string Session, bool On) : Step;

    public sealed record Register(int Attendee, string Session) : Step;

    public sealed record Leave(int Attendee, string Session) : Step;

    public sealed record Capacity(string Session, int? Places) : Step;

    public sealed record CheckIn(int Attendee, string Session) : Step;

    public sealed record Feedback(int Attendee, string Session, int Stars) : Step;

    /// <summary>The clock goes on; what is due by then happens.</summary>
    public sealed record Pass(int Minutes) : Step;

    /// <summary>Nobody does anything until all is quiet.</summary>
    public sealed record Rest : Step;
}
