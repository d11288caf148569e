using System.Globalization;
using System.Text;

namespace ConsultHub.Lectures;

/// <summary>Writes captions as a WebVTT file (W3C), which any player can read.</summary>
public static class WebVtt
{
    /// <summary>A line is shown until the next line, but at most 7 seconds and at least half a second.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(7),
        Shortest = TimeSpan.FromSeconds(0.5);

    /// <summary>Writes captions for a whole recording.</summary>
    /// <param name="lines">The lines of one language, in order.</param>
    /// <param name="zero">The instant at which the time in the recording is zero. Lines that end before this instant are left out.</param>
    /// <param name="until">Lines from this instant on are left out. Null leaves out none.</param>
    public static string Of(IReadOnlyList<Caption> lines, DateTimeOffset zero, DateTimeOffset? until = null) =>
        Of([.. lines.Where(l => until is null || l.At < until)], at => at < zero ? TimeSpan.Zero : at - zero);

    /// <summary>Writes captions for a file with its own times.</summary>
    /// <param name="lines">The lines of one language, in order.</param>
    /// <param name="place">
    ///     Returns the time in the file at which an instant is shown. A later instant must not have an earlier time. A line that would have
    ///     no duration in the file is left out.
    /// </param>
    public static string Of(IReadOnlyList<Caption> lines, Func<DateTimeOffset, TimeSpan> place)
    {
        var file = new StringBuilder("WEBVTT\n");
        var said = lines.Where(l => l.Text.Length > 0).ToList();
        for (var i = 0; i < said.Count; i++)
        {
            var length = i + 1 < said.Count && said[i + 1].At - said[i].At < Longest ? said[i + 1].At - said[i].At : Longest;
            var (start, end) = (place(said[i].At), place(said[i].At + (length < Shortest ? Shortest : length)));
            if (end > start)
                file.Append(CultureInfo.InvariantCulture, $"\n{said[i].Number}\n{Time(start)} --> {Time(end)}\n{Escape(said[i].Text)}\n");
        }
        return file.ToString();
    }

    private static string Time(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours:00}:{at:mm\\:ss\\.fff}");

    /// <summary>Escapes the text, so that it cannot be read as a tag or an arrow.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
