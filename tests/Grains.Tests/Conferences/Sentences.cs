using System.Reflection;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

internal static class Sentences
{
    /// <summary>The English sentences that a class declares, by name.</summary>
    public static IReadOnlyDictionary<string, string> English(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => f.GetValue(null))
            .OfType<Sentence>()
            .ToDictionary(s => s.Name, s => s.English);
}
