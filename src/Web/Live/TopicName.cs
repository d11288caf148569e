using System.Diagnostics.CodeAnalysis;

namespace ConsultHub.Web.Live;

public enum TopicKind
{
    Board,
    Itinerary,
    Inbox,
    Conference,
    Lecture,
    LectureStage,
}

/// <summary>A live topic, such as <c>board/ehs/2026-W48/hospital/al-qassimi</c>.</summary>
public sealed record TopicName
{
    public required TopicKind Kind { get; init; }

    /// <summary>As it was asked for, and as frames name it.</summary>
    public required string Text { get; init; }

    public NetworkId? Network { get; init; }
    public Week? Week { get; init; }
    public HospitalId? Hospital { get; init; }
    public PartnerId? Partner { get; init; }
    public PersonId? Person { get; init; }
    public ConferenceId? Conference { get; init; }
    public SessionId? Session { get; init; }

    /// <summary>The conference's draft, not what is published.</summary>
    public bool IsDraft { get; init; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out TopicName? topic)
    {
        topic = text is { Length: <= 300 } ? Parse(text, text.Split('/')) : null;
        return topic is not null;
    }

    private static TopicName? Parse(string text, string[] parts)
    {
        switch (parts)
        {
            case ["board", var network, var week, ..]
                when parts.Length is 3 or 5
                    && TextId.TryParse<NetworkId>(network, out var id)
                    && ConsultHub.Week.TryParse(week, null, out var iso):
                var board = new TopicName
                {
                    Kind = TopicKind.Board,
                    Text = text,
                    Network = id,
                    Week = iso,
                };
                if (parts.Length == 3)
                    return board;
                if (parts[3] == "hospital" && TextId.TryParse<HospitalId>(parts[4], out var hospital))
                    return board with { Hospital = hospital };
                return parts[3] == "partner" && TextId.TryParse<PartnerId>(parts[4], out var partner)
                    ? board with
                    {
                        Partner = partner,
                    }
                    : null;
            case ["itinerary", var person, var week]
                when TextId.TryParse<PersonId>(person, out var id) && ConsultHub.Week.TryParse(week, null, out var iso):
                return new TopicName
                {
                    Kind = TopicKind.Itinerary,
                    Text = text,
                    Person = id,
                    Week = iso,
                };
            case ["inbox", var person] when TextId.TryParse<PersonId>(person, out var id):
                return new TopicName
                {
                    Kind = TopicKind.Inbox,
                    Text = text,
                    Person = id,
                };
            case ["conference", var conference] when TextId.TryParse<ConferenceId>(conference, out var id):
                return new TopicName
                {
                    Kind = TopicKind.Conference,
                    Text = text,
                    Conference = id,
                };
            case ["lecture", var session] when TextId.TryParse<SessionId>(session, out var id):
                return new TopicName
                {
                    Kind = TopicKind.Lecture,
                    Text = text,
                    Session = id,
                };
            case ["lecture", var session, "stage"] when TextId.TryParse<SessionId>(session, out var id):
                return new TopicName
                {
                    Kind = TopicKind.LectureStage,
                    Text = text,
                    Session = id,
                };
            case ["conference", var conference, "draft"] when TextId.TryParse<ConferenceId>(conference, out var id):
                return new TopicName
                {
                    Kind = TopicKind.Conference,
                    Text = text,
                    Conference = id,
                    IsDraft = true,
                };
            default:
                return null;
        }
    }

    public override string ToString() => Text;
}
