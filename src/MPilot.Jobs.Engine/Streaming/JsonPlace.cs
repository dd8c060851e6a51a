using System.Globalization;
using System.Text.Json;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>Where in a JSON document something stands, as far as errors need it: the root's member, and the entry if that is an array.</summary>
/// <param name="Member">The root's member; <c>null</c> outside of every member, or in an array at the root.</param>
/// <param name="Index">The entry of the member's array, from 0; <c>null</c> where the member is no array.</param>
public readonly record struct JsonPlace(string? Member, int? Index = null)
{
    /// <summary>As errors name it: <c>images[1]</c>, or empty.</summary>
    public override string ToString()
        => Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Member}[{index}]") : Member ?? "";

    /// <summary>The place of the value that follows a beginning of a document.</summary>
    /// <param name="beginning">Up to the value, without its opening quote.</param>
    /// <param name="isName">What follows is a member's name, no value.</param>
    /// <returns>The place, or <c>null</c> where the beginning is no JSON.</returns>
    internal static JsonPlace? After(ReadOnlySpan<byte> beginning, out bool isName)
    {
        isName = false;
        var path = new Path();
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                path.Take(ref reader);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // No JSON, or a member whose name is no Unicode.
            return null;
        }

        isName = path.ExpectsName(reader.TokenType);
        return path.Next();
    }

    /// <summary>How deep the reader is, and in which entry.</summary>
    private struct Path
    {
        /// <summary>Nesting a document may have, as everywhere in the framework.</summary>
        private const int MaxDepth = 64;

        private string? _member;
        private int _entries;
        private int _depth;

        // One bit a level: an array. The reader allows no more levels than there are bits.
        private ulong _arrays;

        private readonly bool IsInArray => _depth > 0 && IsArray(_depth);

        public void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _member = _depth == 1 ? reader.GetString() : _member;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    CountEntry();
                    Open(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _depth--;
                    break;
                default:
                    CountEntry();
                    break;
            }
        }

        public readonly bool ExpectsName(JsonTokenType last) => _depth > 0 && !IsInArray && last != JsonTokenType.PropertyName;

        public readonly JsonPlace Next() => _depth switch
        {
            _ when _member is null => default,
            >= 2 when IsArray(2) => new(_member, _depth == 2 ? _entries : _entries - 1),
            _ => new(_member),
        };

        private readonly bool IsArray(int depth) => (_arrays >> (depth - 1) & 1) == 1;

        private void CountEntry()
        {
            if (_depth == 2 && IsArray(2))
            {
                _entries++;
            }
        }

        private void Open(bool isArray)
        {
            _depth++;
            System.Diagnostics.Debug.Assert(_depth <= MaxDepth, "The reader allows no deeper nesting.");
            var bit = 1UL << (_depth - 1);
            _arrays = isArray ? _arrays | bit : _arrays & ~bit;
            _entries = _depth == 2 ? 0 : _entries;
        }
    }
}
