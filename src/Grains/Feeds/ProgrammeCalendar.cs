using ConsultHub.Conferences;

namespace ConsultHub.Feeds;

/// <summary>Writes all sessions of a programme that have a time as iCalendar, for readers without an account. Pure.</summary>
public static class ProgrammeCalendar
{
    /// <summary>
    /// Writes the calendar. Entries have a link to the public page. Links to lecture rooms are left out, because only people who sign in
    /// can enter them.
    /// </summary>
    /// <param name="pages">The base address of the hub's pages, such as <c>https://hub.example</c>.</param>
    /// <param name="now">The instant at which the file is written.</param>
    public static string Write(Programme programme, Uri pages, DateTimeOffset now)
    {
        var conference = programme.Conference;
        var entries =
            from session in programme.Sessions
            orderby session.Start, session.Id.Value
            let entry = FeedRules.Of(conference, session)
            where entry is not null
            select entry with
            {
                Sequence = (int)Math.Min(session.Version, int.MaxValue),
                Changed = now,
                Page = $"/public/{conference.Id}?session={session.Id}",
                Room = null,
            };
        return FeedCalendar.Write(conference.Title, [.. entries], pages);
    }
}
