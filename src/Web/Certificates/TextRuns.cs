using System.Text;

namespace ConsultHub.Web.Certificates;

/// <summary>A piece of a line in one direction and one font.</summary>
public sealed record TextRun(string Text, bool RightToLeft, CertificateFonts.Face Face);

/// <summary>
/// Orders the pieces of a line whose scripts run in different directions. It follows the Unicode bidirectional algorithm (Unicode Standard
/// Annex 9), but without explicit embeddings and isolates, which the lines of a certificate do not need. Numbers run from left to right.
/// </summary>
public static class TextRuns
{
    private enum Kind
    {
        Left,
        Right,
        Number,
        Neutral,
    }

    /// <param name="rightToLeft">The direction of a line without a letter. Other lines begin in the direction of their first letter (rules
    /// P2 and P3), whatever the document's language is.</param>
    /// <returns>The runs from left to right.</returns>
    public static IReadOnlyList<TextRun> Of(string text, bool rightToLeft, FontStrength strength, CertificateFonts fonts)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        rightToLeft =
            runes.Select(KindOf).FirstOrDefault(k => k is Kind.Left or Kind.Right, rightToLeft ? Kind.Right : Kind.Left) == Kind.Right;
        var levels = Levels(runes, rightToLeft);
        List<(int Level, StringBuilder Text, CertificateFonts.Face Face)> runs = [];
        CertificateFonts.Face? face = null;
        for (var i = 0; i < runes.Length; i++)
        {
            face = fonts.For(runes[i], strength, face);
            if (runs.Count == 0 || runs[^1].Level != levels[i] || runs[^1].Face != face)
                runs.Add((levels[i], new(), face));
            runs[^1].Text.Append(runes[i].ToString());
        }
        // For each level, from the highest down, the order of neighbouring runs of at least that level is reversed (rule L2).
        for (var level = 2; level >= 1; level--)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                var end = i;
                while (end < runs.Count && runs[end].Level >= level)
                    end++;
                if (end > i)
                    runs.Reverse(i, end - i);
                i = Math.Max(i, end);
            }
        }
        return [.. runs.Select(r => new TextRun(r.Text.ToString(), r.Level % 2 == 1, r.Face))];
    }

    private static int[] Levels(Rune[] runes, bool rightToLeft)
    {
        Kind[] kinds = [.. runes.Select(KindOf)];
        var main = rightToLeft ? Kind.Right : Kind.Left;
        SettleNumbers(kinds, main);
        var levels = new int[runes.Length];
        for (var i = 0; i < runes.Length; i++)
        {
            var kind = kinds[i];
            if (kind == Kind.Neutral)
            {
                // If the nearest characters before and after it that are not neutral have the same direction, a neutral character takes
                // this direction. Otherwise it takes the direction of the line (rules N1 and N2). Numbers count as right to left here.
                var (before, after) = (Around(kinds, i, -1, main), Around(kinds, i, 1, main));
                kind = before == after ? before : main;
            }
            levels[i] = kind switch
            {
                Kind.Right => 1,
                Kind.Number => 2,
                _ => rightToLeft ? 2 : 0,
            };
        }
        return levels;
    }

    /// <summary>
    /// A number after left-to-right text takes that direction (rule W7). A single neutral character between two digits, such as a sign or a
    /// space, belongs to the number (W4 allows only some signs).
    /// </summary>
    private static void SettleNumbers(Kind[] kinds, Kind main)
    {
        for (var i = 1; i + 1 < kinds.Length; i++)
            if (kinds[i] == Kind.Neutral && kinds[i - 1] == Kind.Number && kinds[i + 1] == Kind.Number)
                kinds[i] = Kind.Number;
        var strong = main;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.Left or Kind.Right)
                strong = kinds[i];
            else if (kinds[i] == Kind.Number && strong == Kind.Left)
                kinds[i] = Kind.Left;
        }
    }

    private static Kind Around(Kind[] kinds, int at, int step, Kind main)
    {
        for (var i = at + step; i >= 0 && i < kinds.Length; i += step)
            if (kinds[i] != Kind.Neutral)
                return kinds[i] == Kind.Left ? Kind.Left : Kind.Right;
        return main;
    }

    private static Kind KindOf(Rune rune) =>
        rune.Value switch
        {
            (>= 0x590 and <= 0x8FF and not (>= 0x660 and <= 0x669) and not (>= 0x6F0 and <= 0x6F9))
            or (>= 0xFB1D and <= 0xFDFF)
            or (>= 0xFE70 and <= 0xFEFF) => Rune.IsPunctuation(rune) ? Kind.Neutral : Kind.Right,
            _ when Rune.IsDigit(rune) => Kind.Number,
            _ when Rune.IsLetter(rune) => Kind.Left,
            _ => Kind.Neutral,
        };
}
