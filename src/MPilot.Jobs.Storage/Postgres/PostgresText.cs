using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>Texts as PostgreSQL takes them.</summary>
internal static class PostgresText
{
    private static readonly ConcurrentDictionary<string, string> Numbered = new(StringComparer.Ordinal);

    /// <summary>A statement with its parameters numbered. The texts are constants, so there are few.</summary>
    public static string Statement(string sql) => Numbered.GetOrAdd(sql, Number);

    /// <summary>
    /// A value that a column can hold: no U+0000 and no half of a surrogate pair, which callers can send in JSON; U+FFFD stands for them,
    /// in what is stored as in what is looked for.
    /// </summary>
    public static string Value(string text)
        => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) is var whole && whole.Contains('\0', StringComparison.Ordinal) ? whole.Replace('\0', '\uFFFD') : whole;

    private static string Number(string sql)
    {
        var text = new StringBuilder(sql.Length + 32);
        var count = 0;
        foreach (var letter in sql)
        {
            if (letter == '?')
            {
                text.Append(CultureInfo.InvariantCulture, $"${++count}");
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }
}
