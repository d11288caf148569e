using System.Globalization;
using System.Text;

namespace ConsultHub.Lectures;

/// <summary>Captions as a WebVTT file (W3C), for any player.</summary>
public static class WebVtt
{
    /// <summary>A line is read for as long as this, or until the next one.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(7),
        Shortest = TimeSpan.FromSeconds(0.5);

    /// <param name="lines">Of one language, in order.</param>
    /// <param name="zero">The instant at which the recording's time is zero. What was said before is left out.</param>
    /// <param name="until">What was said from then on is left out too.</param>
    public static string Of(IReadOnlyList<Caption> lines, DateTimeOffset zero, DateTimeOffset? until = null) =>
        Of([.. lines.Where(l => until is null || l.At < until)], at => at < zero ? TimeSpan.Zero : at - zero);

    /// <param name="lines">Of one language, in order.</param>
    /// <param name="place">Where the file shows an instant; never earlier for a later one. Lines that it has no time for are left
    /// out.</param>
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

    /// <summary>Text is text: what looks like a tag or an arrow is not one.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
