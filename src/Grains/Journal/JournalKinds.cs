using System.Collections.Immutable;
using System.Reflection;

namespace ConsultHub.Journal;

/// <summary>
/// The kinds of journals that a program knows, by the names under which their rows are stored. A grain class that derives from
/// <see cref="AuthorityGrain{TState,TEvent}"/> stores its rows under the name in its <see cref="GrainTypeAttribute"/>.
/// </summary>
internal static class JournalKinds
{
    /// <summary>Makes the check for a journal of the given kind. Null if no grain class has that kind.</summary>
    /// <param name="services">The storage and the serializer that the check uses.</param>
    public static IJournalCheck? CheckOf(string kind, string key, AuthorityServices services, Assembly? grains = null)
    {
        if (!Of(grains ?? typeof(JournalKinds).Assembly).TryGetValue(kind, out var types))
            return null;
        return (IJournalCheck)
            Activator.CreateInstance(typeof(JournalCheck<,>).MakeGenericType(types.State, types.Event), services, kind, key)!;
    }

    /// <summary>The state and event types of each kind.</summary>
    public static ImmutableDictionary<string, (Type State, Type Event)> Of(Assembly grains) =>
        grains
            .GetTypes()
            .Where(t => !t.IsAbstract)
            .Select(t => (Class: t, Types: AuthorityOf(t)))
            .Where(t => t.Types is not null)
            .ToImmutableDictionary(t => NameOf(t.Class), t => (t.Types![0], t.Types[1]));

    private static string NameOf(Type grainClass) =>
        grainClass.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, grainClass).ToString() ?? grainClass.Name;

    private static Type[]? AuthorityOf(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(AuthorityGrain<,>))
                return ancestor.GetGenericArguments();
        return null;
    }
}
